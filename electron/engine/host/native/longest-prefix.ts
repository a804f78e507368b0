/** Tokens from the beginning that are the same in both. */
export function longestPrefix(one: readonly number[], other: readonly number[]): number {
  const most = Math.min(one.length, other.length);
  let common = 0;
  while (common < most && one[common] === other[common]) common += 1;
  return common;
}
