import koffi from 'koffi';
import type { LlamaFunctions } from './llama-functions.ts';
import type { Pointer } from './llama-structs.ts';

/** What the last calculation says about each token of the vocabulary. */
export interface Logits {
  readonly vocabularyTokens: number;
  /** llama.cpp's own memory: good until the next calculation. */
  at(context: Pointer, index: number): Float32Array;
  /**
   * A model with broken weights calculates NaN; every word from there on would be made up by the sampler.
   * @throws Error
   */
  requireNumber(context: Pointer, index: number, token: number): void;
}

export function createLogits(functions: LlamaFunctions, vocabulary: Pointer): Logits {
  const vocabularyTokens = functions.vocabularyTokens(vocabulary);
  return {
    vocabularyTokens,
    at(context, index) {
      return new Float32Array(koffi.view(functions.logits(context, index), vocabularyTokens * 4));
    },
    requireNumber(context, index, token) {
      const value: unknown = koffi.decode(functions.logits(context, index), token * 4, 'float');
      if (Number.isFinite(value)) return;
      throw new Error('The model calculated something that is no number.');
    },
  };
}
