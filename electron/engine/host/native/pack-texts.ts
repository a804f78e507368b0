/**
 * How many of the waiting texts, from the first on, are calculated together: as many as are wished for, at least one, and
 * never more tokens than fit. A text is not divided: models that compare look at all of it at once.
 */
export function packTexts(lengths: readonly number[], wishedTokens: number, mostTokens: number): number {
  let [count, tokens] = [0, 0];
  for (const length of lengths) {
    const together = tokens + length;
    if (count > 0 && together > Math.min(wishedTokens, mostTokens)) break;
    tokens = together;
    count += 1;
  }
  return count;
}
