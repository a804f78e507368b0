/** The part of a load's time in which the weights are read; in the rest the context is made. */
export const weightsShare = 0.9;

/** Bytes of a file that have been read when a load has come so far. */
export function readBytes(fraction: number, sizeBytes: number): number {
  return Math.round(Math.min(1, fraction / weightsShare) * sizeBytes);
}
