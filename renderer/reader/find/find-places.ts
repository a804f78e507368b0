import { foldCase } from '../../../shared/model/search-snippet.ts';

/** A stretch of a text, in UTF-16 units. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** More in one page is no search any more. */
const mostPlaces = 2_000;
const longestQuery = 1_000;
const wide = /[\u2E80-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF\uFF00-\uFFEF]/;
/** How a line may part a word. */
const parted = '(?:[-\\u00AD\\u2010][^\\S\\n]*\\n\\s*)?';

/** Where the words stand, however lines are broken between them: white space is any white space, a parted word is whole. */
export function findPlaces(text: string, query: string): TextSpan[] {
  const pattern = toPattern(
    query,
    (before, after) => (wide.test(before) || wide.test(after) ? '\\s*' : parted),
    '\\s+',
  );
  return pattern === undefined ? [] : spans(text, pattern);
}

/** The same for words that are known to stand there: what reading joined or parted does not matter. */
export function findQuote(text: string, quote: string): TextSpan[] {
  const pattern = toPattern(quote, () => '[-\\u00AD\\u2010]?\\s*', '\\s*');
  return pattern === undefined ? [] : spans(text, pattern);
}

function toPattern(
  words: string,
  between: (before: string, after: string) => string,
  space: string,
): RegExp | undefined {
  const characters = [...foldCase(words.trim()).slice(0, longestQuery)];
  let source = '';
  let before: string | undefined;
  for (const character of characters) {
    if (/\s/.test(character)) {
      if (before !== ' ') source += space;
      before = ' ';
      continue;
    }
    if (before !== undefined && before !== ' ') source += between(before, character);
    source += character.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
    before = character;
  }
  return source === '' ? undefined : new RegExp(source, 'g');
}

function spans(text: string, pattern: RegExp): TextSpan[] {
  const found: TextSpan[] = [];
  for (const match of foldCase(text).matchAll(pattern)) {
    found.push({ start: match.index, end: match.index + match[0].length });
    if (found.length >= mostPlaces) break;
  }
  return found;
}
