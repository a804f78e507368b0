const dimensions = 16;

/** A vector of length 1 that depends on the words of a text and not on their order. */
export function fakeVector(text: string): Float32Array {
  const vector = new Float32Array(dimensions);
  for (const word of wordsOf(text)) {
    let hash = 7;
    for (const letter of word) hash = Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0);
    const at = (hash >>> 0) % dimensions;
    vector[at] = (vector[at] ?? 0) + 1;
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

/** How many words of the query a document has. */
export function fakeScore(query: string, document: string): number {
  const words = new Set(wordsOf(document));
  return wordsOf(query).filter((word) => words.has(word)).length;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
