import type { FoundModel } from './found-model.ts';

/** A name for each model by its id: what its file says, told apart where several say the same. */
export function nameModels(models: readonly FoundModel[]): Map<string, string> {
  const known = ({ inspection }: FoundModel) => (inspection.kind === 'usable' ? inspection : inspection.comparing);
  const plain = (model: FoundModel): string => known(model)?.name ?? fileName(model);
  const withFormat = (model: FoundModel): string => {
    const format = known(model)?.quantisation;
    return format === undefined ? plain(model) : `${plain(model)} (${format})`;
  };
  const counts = (nameOf: (model: FoundModel) => string): Map<string, number> => {
    const result = new Map<string, number>();
    for (const model of models) result.set(nameOf(model), (result.get(nameOf(model)) ?? 0) + 1);
    return result;
  };
  const plainCounts = counts(plain);
  const formatCounts = counts(withFormat);
  return new Map(
    models.map((model): [string, string] => {
      if (plainCounts.get(plain(model)) === 1) return [model.id, plain(model)];
      if (formatCounts.get(withFormat(model)) === 1) return [model.id, withFormat(model)];
      return [model.id, `${plain(model)} (${model.id})`];
    }),
  );
}

function fileName(model: FoundModel): string {
  return model.label.split('/').at(-1) ?? model.label;
}
