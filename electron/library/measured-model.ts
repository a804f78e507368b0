import type { LanguageModelV4, LanguageModelV4StreamPart } from '@ai-sdk/provider';

export interface Measuring {
  /** Whether the model is in memory, so that loading it is not measured. */
  readonly isLoaded: () => boolean;
  readonly onFirstWord: (elapsedMs: number) => void;
  readonly onFailure: (error: unknown) => void;
}

/** The same model; tells how long its first word took and what went wrong. */
export function measuredModel(model: LanguageModelV4, measuring: Measuring): LanguageModelV4 {
  return {
    specificationVersion: model.specificationVersion,
    provider: model.provider,
    modelId: model.modelId,
    supportedUrls: model.supportedUrls,
    doGenerate: (options) => model.doGenerate(options),
    async doStream(options) {
      const startedMs = measuring.isLoaded() ? performance.now() : undefined;
      try {
        const result = await model.doStream(options);
        return { ...result, stream: result.stream.pipeThrough(watchParts(startedMs, measuring)) };
      } catch (error) {
        measuring.onFailure(error);
        throw error;
      }
    },
  };
}

function watchParts(startedMs: number | undefined, measuring: Measuring) {
  let waiting = startedMs !== undefined;
  return new TransformStream<LanguageModelV4StreamPart, LanguageModelV4StreamPart>({
    transform(part, controller) {
      if (part.type === 'error') measuring.onFailure(part.error);
      // Another answer went first: what is waited for is not this model's speed.
      if (part.type === 'raw' && isQueued(part.rawValue)) waiting = false;
      if (part.type === 'text-delta' && waiting && startedMs !== undefined) {
        waiting = false;
        measuring.onFirstWord(performance.now() - startedMs);
      }
      controller.enqueue(part);
    },
  });
}

function isQueued(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'phase' in value && value.phase === 'queued';
}
