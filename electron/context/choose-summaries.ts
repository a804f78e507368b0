import type { StoredSummary } from '../store/store.ts';

/** Summaries that together cover the beginning of a branch. */
export interface Coverage {
  readonly summaries: readonly StoredSummary[];
  /** Messages of the branch that they cover. */
  readonly messages: number;
  readonly ready: boolean;
}

/**
 * How far the beginning of a branch can be covered, shortest first. Where several begin at the same message the one that
 * reaches furthest is taken. What nobody has read ahead yet comes last, as one more way.
 */
export function chooseCoverages(
  placeOf: (messageId: string) => number | undefined,
  summaries: readonly StoredSummary[],
): Coverage[] {
  const placed = summaries.flatMap((summary) => {
    const first = placeOf(summary.firstMessageId);
    const last = placeOf(summary.lastMessageId);
    return summary.origin === 'paste' || first === undefined || last === undefined || last < first
      ? []
      : [{ summary, first, last }];
  });
  const chain = (usable: typeof placed): Coverage[] => {
    const coverages: Coverage[] = [];
    for (let next = 0; ;) {
      const here = usable.filter(({ first }) => first === next);
      const [best] = here.toSorted((left, right) => right.last - left.last || right.summary.level - left.summary.level);
      if (best === undefined) return coverages;
      next = best.last + 1;
      const taken = [...(coverages.at(-1)?.summaries ?? []), best.summary];
      coverages.push({ summaries: taken, messages: next, ready: taken.every(({ ready }) => ready) });
    }
  };
  const known = chain(placed.filter(({ summary }) => summary.ready));
  const all = chain(placed).at(-1);
  return all === undefined || all.ready ? known : [...known.filter(({ messages }) => messages < all.messages), all];
}
