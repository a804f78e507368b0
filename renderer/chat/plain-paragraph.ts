/**
 * Letters, digits, spaces and the signs that mean nothing in markdown, beginning with a letter. No colon, slash or @,
 * which can make an address; no line break. Up to three spaces before it do not make a block of code.
 */
const plain = /^ {0,3}\p{L}[\p{L}\p{M}\p{N} ,.;?!'"()‘’“”„«»–—…、。，；？！（）「」『』《》·-]*$/u;

/** Whether markdown would make of this text one paragraph of the same words, so that nothing needs to be parsed. */
export function isPlainParagraph(text: string): boolean {
  return plain.test(text) && !/www\./i.test(text);
}
