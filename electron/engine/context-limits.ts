import type { CheckedModel } from './engine.ts';

/** A context below this is of no use; a model that does not fit with it does not fit. */
const leastTokens = 512;

/** How long a context may be with which models, after memory ran out in this session. */
export interface ContextLimits {
  /** The model as it is to be planned for. */
  apply(model: CheckedModel): CheckedModel;
  /** Half of what was tried; answers what the next load will be planned with. */
  halve(modelId: string, triedTokens: number): number;
}

export function createContextLimits(): ContextLimits {
  const limits = new Map<string, number>();
  return {
    apply(model) {
      const limit = limits.get(model.id) ?? Infinity;
      return model.trainedContextTokens <= limit ? model : { ...model, trainedContextTokens: limit };
    },
    halve(modelId, triedTokens) {
      const limit = Math.max(leastTokens, Math.floor(Math.min(triedTokens, limits.get(modelId) ?? Infinity) / 2));
      limits.set(modelId, limit);
      return limit;
    },
  };
}
