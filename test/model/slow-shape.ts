/**
 * Makes each token of a scripted model cost some 50 million multiplications, about 6 ms on a small machine. The weights
 * are zeros and take no room on the disk.
 */
export const slowShape = { silentWords: 100_000 } as const;
