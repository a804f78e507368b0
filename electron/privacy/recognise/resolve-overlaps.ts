import { personalKinds } from '../../../shared/model/privacy/personal-kinds.ts';
import type { Candidate } from './candidate.ts';

/**
 * Of findings that overlap one stays: a person's own word before all, then the higher score, then the longer, then the
 * earlier, then the order of the kinds. So a check digit beats a shape, and a whole beats its part.
 */
export function resolveOverlaps(candidates: readonly Candidate[]): Candidate[] {
  const order = candidates.toSorted(
    (a, b) =>
      Number(b.kind === 'own') - Number(a.kind === 'own') ||
      b.score - a.score ||
      b.end - b.start - (a.end - a.start) ||
      a.start - b.start ||
      personalKinds.indexOf(a.kind) - personalKinds.indexOf(b.kind),
  );
  const kept: Candidate[] = [];
  const taken = new SortedStretches();
  for (const each of order) if (taken.tryTake(each)) kept.push(each);
  return kept.toSorted((a, b) => a.start - b.start);
}

/** Stretches without overlaps, found by the block of 64 characters that they touch. */
class SortedStretches {
  readonly #blocks = new Map<number, { readonly start: number; readonly end: number }[]>();

  tryTake(stretch: { readonly start: number; readonly end: number }): boolean {
    const [first, last] = [stretch.start >> 6, (stretch.end - 1) >> 6];
    for (let block = first; block <= last; block += 1) {
      if (this.#blocks.get(block)?.some(({ start, end }) => start < stretch.end && stretch.start < end)) return false;
    }
    for (let block = first; block <= last; block += 1) {
      const held = this.#blocks.get(block);
      if (held === undefined) this.#blocks.set(block, [stretch]);
      else held.push(stretch);
    }
    return true;
  }
}
