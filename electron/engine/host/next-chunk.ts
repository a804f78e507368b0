/** About what one look at the abort flag may cost. */
const targetMs = 200;
/** Fewer cost more for each of them. */
const fewestTokens = 32;
export const firstChunkTokens = 64;

/** How many prompt tokens to read next, after `tokens` took `elapsedMs`: as many as keep an abort quick. */
export function nextChunkTokens(tokens: number, elapsedMs: number, mostTokens: number): number {
  const fitting = Math.floor((tokens * targetMs) / Math.max(elapsedMs, 1));
  // Not more than twice as many at once: the first chunk may have been a warm-up.
  return Math.min(Math.max(Math.min(fitting, tokens * 2), fewestTokens), Math.max(mostTokens, 1));
}
