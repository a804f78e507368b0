import type { PassageInfo } from '../../shared/contract/index.ts';
import type { GivenSource } from '../store/answer-sources.ts';

export interface NumberedPassage extends PassageInfo {
  readonly number: number;
}

/**
 * The numbers that passages are named by, from 1 in their order; those that were given before keep theirs. The same
 * documents as a whole get the same numbers each time, so that a model need not read them again. Pure.
 */
export function numberPassages(
  passages: readonly PassageInfo[],
  before: readonly Pick<GivenSource, 'number' | 'documentId' | 'seq'>[] = [],
): NumberedPassage[] {
  const known = new Map(before.map(({ number, documentId, seq }) => [`${seq} ${documentId}`, number]));
  let last = Math.max(0, ...known.values());
  return passages.map((passage) => {
    const number = known.get(`${passage.seq} ${passage.documentId}`) ?? (last += 1);
    return { ...passage, number };
  });
}
