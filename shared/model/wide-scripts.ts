/**
 * Scripts that put no spaces between words, as the inside of a class of letters in a regular expression with the flag `u`.
 * What stands in them is compared by every two characters.
 */
export const wideScripts = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}';

/** Every two characters that follow each other; one that stands alone as it is. */
export function pairsOf(run: string): string[] {
  const characters = [...run];
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);
}
