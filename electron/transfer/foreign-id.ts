import { createHash } from 'node:crypto';

/**
 * The id here of something that has one elsewhere: the same again each time, so that importing twice does not double.
 * Sixteen bytes of a SHA-256 in the form of a UUID of version 8 (RFC 9562, section 5.8).
 */
export function foreignId(...names: readonly string[]): string {
  const hash = createHash('sha256');
  for (const name of names) hash.update(`${Buffer.byteLength(name)}:`).update(name);
  const bytes = hash.digest().subarray(0, 16);
  bytes[6] = 0x80 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
