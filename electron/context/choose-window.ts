/** A question with what was asked right before it without being answered, and its answer. Sizes in tokens. */
export interface Exchange {
  readonly questionTokens: number;
  readonly answerTokens: number;
}

/** What is left after a cut. Each cut makes the engine read the rest again, so they must be rare and therefore deep. */
const keptShare = 0.6;

/**
 * The first exchange that is still read. The past is replayed: as long as everything fitted when a question was asked
 * nothing was dropped, and when it did not, the oldest exchanges went until a good part of the room was free. So the
 * cut stays where it is from question to question without being stored anywhere, and the engine can reuse what it has
 * read. The last exchange always stays.
 */
export function chooseWindowStart(exchanges: readonly Exchange[], budgetTokens: number): number {
  const kept = budgetTokens * keptShare;
  let start = 0;
  let tokens = 0;
  for (const [index, { questionTokens, answerTokens }] of exchanges.entries()) {
    tokens += questionTokens;
    // An answer that is being continued is read together with its question.
    const isLast = index === exchanges.length - 1;
    if (isLast) tokens += answerTokens;
    if (tokens > budgetTokens) {
      while (start < index && tokens > kept) {
        const dropped = exchanges[start];
        tokens -= dropped === undefined ? 0 : dropped.questionTokens + dropped.answerTokens;
        start += 1;
      }
    }
    if (!isLast) tokens += answerTokens;
  }
  return start;
}
