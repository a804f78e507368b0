/** A text as it is compared, and where each of its characters came from. */
export interface FoldedText {
  readonly text: string;
  /** For each UTF-16 unit of `text`, where it was in the original. */
  readonly places: readonly number[];
}

const letterOrNumber = /[\p{L}\p{N}\p{M}]/u;

/**
 * Letters and digits in one width and case. White space, hyphens, quotation marks, the marks of Markdown and all other
 * signs fall away, so that neither a line break nor a hyphen at its end makes a difference; signs inside a number stay.
 */
export function foldText(original: string): FoldedText {
  const places: number[] = [];
  let text = '';
  let at = 0;
  for (const character of original) {
    const kept = isInsideNumber(original, at)
      ? character
      : [...character.normalize('NFKC').toLowerCase()].filter((each) => letterOrNumber.test(each)).join('');
    text += kept;
    for (let index = 0; index < kept.length; index += 1) places.push(at);
    at += character.length;
  }
  return { text, places };
}

function isInsideNumber(text: string, at: number): boolean {
  const character = text[at];
  if (character !== '.' && character !== ',' && character !== ':') return false;
  return /\d/.test(text[at - 1] ?? '') && /\d/.test(text[at + 1] ?? '');
}

/** Where the words stand in a text, whatever lies between the letters; undefined when they do not. */
export function findFolded(text: FoldedText, words: string): { start: number; end: number } | undefined {
  const needle = foldText(words).text;
  if (needle === '') return undefined;
  const at = text.text.indexOf(needle);
  const first = text.places[at];
  const last = text.places[at + needle.length - 1];
  return at < 0 || first === undefined || last === undefined ? undefined : { start: first, end: last + 1 };
}
