/** The constant of the paper, which found results to depend little on it. */
const damping = 60;

/**
 * One order from several, by reciprocal-rank fusion: what stands at place r of a ranking gains 1 / (60 + r), and whatever
 * gained most comes first. Scores of the rankings need not be comparable, only their orders count. What stands in a
 * ranking twice counts where it stands first. Equal ones keep the order in which they are met.
 *
 * Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning Methods",
 * SIGIR 2009.
 */
export function fuseRankings<T>(
  rankings: readonly (readonly T[])[],
  keyOf: (item: T) => string,
): { readonly item: T; readonly score: number }[] {
  const gained = new Map<string, { item: T; score: number }>();
  for (const ranking of rankings) {
    const met = new Set<string>();
    for (const item of ranking) {
      const key = keyOf(item);
      if (met.has(key)) continue;
      met.add(key);
      const entry = gained.get(key) ?? { item, score: 0 };
      entry.score += 1 / (damping + met.size);
      gained.set(key, entry);
    }
  }
  return [...gained.values()].toSorted((a, b) => b.score - a.score);
}
