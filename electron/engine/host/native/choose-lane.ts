import type { SequenceState } from '../choose-sequence.ts';

/** The end of an answer may be written otherwise when it comes back as a part of the conversation. */
const mostCutTokens = 16;

/**
 * The index of the free lane for a prompt; undefined when none is free. What other lanes have in common with the prompt
 * can be copied at no cost, so a conversation goes on in its own lane and any other takes an empty one, or else the one
 * that was not used for the longest time.
 */
export function chooseLane(free: readonly SequenceState[]): number | undefined {
  const continues = ({ commonTokens, lengthTokens }: SequenceState): boolean =>
    commonTokens > 0 && lengthTokens - commonTokens <= mostCutTokens;
  const rank = (state: SequenceState): number => (continues(state) ? 2 : state.lengthTokens === 0 ? 1 : 0);
  const [best] = [...free.entries()].toSorted(
    ([, a], [, b]) =>
      rank(b) - rank(a) || (rank(a) === 2 ? b.commonTokens - a.commonTokens : 0) || a.lastUsedMs - b.lastUsedMs,
  );
  return best?.[0];
}
