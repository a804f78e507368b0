export interface SequenceState {
  /** Tokens from the start that are the same as in the new prompt. */
  readonly commonTokens: number;
  /** Tokens it holds. */
  readonly lengthTokens: number;
  readonly lastUsedMs: number;
}

/**
 * The index of the free sequence in which a prompt of `promptTokens` is best read. Another turn of a conversation goes
 * where that conversation is; a new one must not wipe out another's memory for the sake of a shared system prompt while
 * there is an empty place.
 */
export function chooseSequence(free: readonly SequenceState[], promptTokens: number): number {
  const belongs = ({ commonTokens, lengthTokens }: SequenceState): boolean =>
    commonTokens > 0 && (commonTokens * 2 >= lengthTokens || commonTokens * 2 >= promptTokens);
  const rank = (state: SequenceState): number => (belongs(state) ? 2 : state.lengthTokens === 0 ? 1 : 0);

  let best = 0;
  for (const [index, state] of free.entries()) {
    const champion = free[best] ?? state;
    const order =
      rank(state) - rank(champion) ||
      state.commonTokens - champion.commonTokens ||
      champion.lastUsedMs - state.lastUsedMs;
    if (order > 0) best = index;
  }
  return best;
}
