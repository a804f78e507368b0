import type { FoundModel } from './found-model.ts';

/**
 * The model that answers when none is asked for. A file named at the start is meant, even when it turns out to be
 * unusable: to answer with another one would hide that. What the settings name is only a preference.
 */
export function chooseDefault(
  models: readonly FoundModel[],
  wanted: { readonly namedId: string | null; readonly settingsId: string | null },
): string | null {
  if (wanted.namedId !== null && models.some((model) => model.id === wanted.namedId)) return wanted.namedId;
  const usable = models.filter((model) => model.inspection.kind === 'usable');
  const preferred = usable.find((model) => model.id === wanted.settingsId);
  return (preferred ?? usable.toSorted((a, b) => rank(a) - rank(b))[0])?.id ?? null;
}

function rank(model: FoundModel): number {
  if (model.inspection.kind === 'usable' && model.inspection.placeholder) return 3;
  switch (model.source) {
    case 'argument':
      return 0;
    case 'library':
      return 1;
    case 'bundled':
      return 2;
  }
}
