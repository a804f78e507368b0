import type { CheckedModel } from '../engine/engine.ts';
import type { ComparingFacts, FoundModel } from './found-model.ts';
import type { ComparingModel } from './models.ts';

/** Passages and questions are shorter; more context would only take memory. */
const contextTokens = 2048;

/**
 * The model that compares texts when there are several: one named at the start before those of the library, by name. It
 * stays the same as long as the files do, because another one means that all documents are read anew.
 */
export function chooseComparing(
  models: readonly FoundModel[],
  purpose: ComparingFacts['purpose'],
  nameOf: (model: FoundModel) => string,
): ComparingModel | undefined {
  const [first] = models
    .flatMap((model) =>
      model.inspection.kind === 'unusable' && model.inspection.comparing?.purpose === purpose
        ? [{ model, facts: model.inspection.comparing }]
        : [],
    )
    .toSorted(
      (a, b) => sources.indexOf(a.model.source) - sources.indexOf(b.model.source) || (a.model.id < b.model.id ? -1 : 1),
    );
  if (first === undefined) return undefined;
  const { model, facts } = first;
  const { weightsBytes, kvBytesPerToken, window, trainedContextTokens } = facts;
  const checked: CheckedModel = {
    id: model.id,
    stamp: model.stamp,
    name: nameOf(model),
    path: model.path,
    weightsBytes,
    kvBytesPerToken,
    window,
    trainedContextTokens,
    contextTokens: Math.min(contextTokens, trainedContextTokens),
  };
  return { checked, architecture: facts.architecture, key: `${model.id} ${model.stamp}` };
}

const sources: readonly FoundModel['source'][] = ['argument', 'library', 'bundled'];
