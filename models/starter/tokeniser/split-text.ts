/**
 * Pieces never reach over these borders: letters of one script with the space before them, single digits, single signs.
 * So a text can be encoded part by part and still come out as llama.cpp encodes the whole.
 */
const part = /▁?\p{Script=Han}+|▁?(?:(?!\p{Script=Han})[\p{L}\p{M}])+|[^]/gu;

const space = '▁';

export function splitText(text: string): string[] {
  return text.replaceAll(' ', space).match(part) ?? [];
}
