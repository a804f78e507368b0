/** What is generated: for learning, or for the test that nothing learned may know. */
export type Split = 'train' | 'eval';

/** One slot value in five is kept for the test. */
const valueShare = 5;
/** One fact object or attribute in ten is kept for the test. */
const relationShare = 10;

export function splitOfValue(value: string): Split {
  return hash(value) % valueShare === 0 ? 'eval' : 'train';
}

/** `key` must say what the relation is about and nothing else, so that the split survives a reordered corpus. */
export function splitOfRelation(key: string): Split {
  return hash(key) % relationShare === 3 ? 'eval' : 'train';
}

/** FNV-1a over UTF-16 units, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  value ^= value >>> 15;
  return Math.imul(value, 0x2c1b3c6d) >>> 8;
}
