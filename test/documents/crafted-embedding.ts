import { askedTerms } from '../../electron/documents/terms.ts';
import { tinyEncoder, type TinyEncoder } from '../model/tiny-encoder.ts';

const width = 128;

export interface CraftedEmbedding {
  /** Words it knows, in small letters. */
  readonly words: readonly string[];
  /** Groups of words that mean the same to it. */
  readonly synonyms: readonly (readonly string[])[];
}

/**
 * A model whose meanings are known: a text is the mean of its words, words of a group are one word, small words are
 * nothing. It shows that vectors find what words miss; how well, only a trained model can tell.
 */
export function craftedEmbedding({ words, synonyms }: CraftedEmbedding): TinyEncoder {
  const leaders = new Map(synonyms.flatMap((group) => group.map((word) => [word, group[0] ?? word] as const)));
  const all = [...new Set([...words, ...leaders.keys()])].filter((word) => word !== '');
  const numbers = new Map([...new Set(all.map((word) => leaders.get(word) ?? word))].map((word, at) => [word, at]));
  return tinyEncoder({
    words: all,
    pooling: 'mean',
    contextTokens: 512,
    width,
    meaningOf: (word) => {
      // Of a question that is nothing but small words all are kept.
      const isSmall = askedTerms(`${word} zebra`).every((term) => term === 'zebra');
      return isSmall ? new Float32Array(width) : directionOf(numbers.get(leaders.get(word) ?? word) ?? 0);
    },
  });
}

/** As good as at right angles to any other. */
function directionOf(number: number): Float32Array {
  let state = Math.imul(number + 1, 2654435761) >>> 0;
  const vector = Float32Array.from({ length: width }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 31 - 1;
  });
  const mean = vector.reduce((sum, value) => sum + value, 0) / width;
  return vector.map((value) => value - mean);
}
