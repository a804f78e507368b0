/** So many tokens must have stood there before, for what followed them to be likely to follow again. */
const longestMatch = 4;
const shortestMatch = 2;

/**
 * What may come next because it came next before: the end of the conversation is looked for further ahead in it, a long
 * end before a short one, the newest place first, and what follows there is proposed. Empty when it stands nowhere else.
 * (Prompt lookup decoding, A. Saxena 2023.)
 */
export function proposeTokens<T extends number>(tokens: readonly T[], mostTokens: number): T[] {
  if (mostTokens <= 0) return [];
  let best = { length: shortestMatch - 1, next: -1 };
  const last = tokens.length - 1;
  for (let end = last - 1; end >= shortestMatch - 1 && best.length < longestMatch; end -= 1) {
    let length = 0;
    while (length < longestMatch && length <= end && tokens[end - length] === tokens[last - length]) length += 1;
    if (length > best.length) best = { length, next: end + 1 };
  }
  return best.next < 0 ? [] : tokens.slice(best.next, best.next + mostTokens);
}
