/**
 * Chinese characters for the radicals that look like them (Unicode, blocks 2E80 to 2FDF). Chromium, when it prints, names
 * a character by the first code point that its font draws the same way; nobody would find the word.
 */
export function withoutRadicals(text: string): string {
  return text.replaceAll(/[\u2e80-\u2fdf]/g, (radical) => radical.normalize('NFKC'));
}
