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

/** Places in llama.cpp's memory that are remembered; it has one for each answer, and new ones when it needs more. */
const mostPlaces = 64;

export function createLogits(functions: LlamaFunctions, vocabulary: Pointer): Logits {
  const vocabularyTokens = functions.vocabularyTokens(vocabulary);
  // Each view counts as memory of its size for the garbage collector: a new one for each word keeps it busy for nothing.
  const views = new Map<Pointer, Float32Array>();

  const at = (context: Pointer, index: number): Float32Array => {
    const place = functions.logits(context, index);
    const known = views.get(place);
    if (known) return known;
    if (views.size >= mostPlaces) views.clear();
    const view = new Float32Array(koffi.view(place, vocabularyTokens * 4));
    views.set(place, view);
    return view;
  };

  return {
    vocabularyTokens,
    at,
    requireNumber(context, index, token) {
      if (Number.isFinite(at(context, index)[token])) return;
      throw new Error('The model calculated something that is no number.');
    },
  };
}
