const largest = 127;

/**
 * A vector in signed bytes, scaled so that its largest number just fits: cosines hardly change, whatever its length, and
 * a quarter of the bytes have to be read.
 */
export function toCoarse(vector: Float32Array): Int8Array {
  let most = 0;
  for (const value of vector) most = Math.max(most, Math.abs(value));
  const scale = most > 0 ? largest / most : 0;
  return Int8Array.from(vector, (value) => Math.round(value * scale));
}

export function bytesOf({ buffer, byteOffset, byteLength }: Int8Array | Float32Array): Uint8Array {
  return Buffer.from(buffer, byteOffset, byteLength);
}
