export interface SnippetPart {
  readonly text: string;
  readonly match: boolean;
}

const wordLimit = 16;
const charsBefore = 40;
const snippetChars = 160;

/** The words of a search as typed, without repetitions; at most 16. */
export function splitSearch(query: string): string[] {
  const words = query
    .toWellFormed()
    .split(/[\s\p{Cc}]+/u)
    .filter((word) => word !== '');
  return [...new Map(words.map((word) => [word.toLowerCase(), word])).values()].slice(0, wordLimit);
}

/** About 160 characters around the first of the words, on one line, with every occurrence of a word marked. */
export function makeSnippet(text: string, words: readonly string[]): SnippetPart[] {
  const folded = foldCase(text);
  const needles = words.map(foldCase).filter((word) => word !== '');
  const found = needles.map((needle) => folded.indexOf(needle)).filter((index) => index >= 0);
  const first = found.length === 0 ? 0 : Math.min(...found);
  const start = first <= charsBefore ? 0 : startOfCharacter(text, first - charsBefore);
  const end = startOfCharacter(text, Math.min(text.length, start + snippetChars));

  const marked = new Uint8Array(end - start);
  for (const needle of needles) {
    for (let at = folded.indexOf(needle, start); at >= 0 && at < end; at = folded.indexOf(needle, at + 1)) {
      marked.fill(1, at - start, at - start + needle.length);
    }
  }

  const parts: SnippetPart[] = [];
  const add = (from: number, to: number, match: boolean): void => {
    if (to > from) parts.push({ text: text.slice(from, to).replaceAll(/[\s\p{Cc}]/gu, ' '), match });
  };
  let from = start;
  for (let at = start + 1; at <= end; at += 1) {
    if (at < end && marked[at - start] === marked[from - start]) continue;
    add(from, at, marked[from - start] === 1);
    from = at;
  }
  if (start > 0) parts.unshift({ text: '…', match: false });
  if (end < text.length) parts.push({ text: '…', match: false });
  return parts;
}

/** Lower case of the same length, so that positions stay true. */
export function foldCase(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return Array.from(text, (character) => {
    const folded = character.toLowerCase();
    return folded.length === character.length ? folded : character;
  }).join('');
}

/** Not between the two halves of a surrogate pair. */
function startOfCharacter(text: string, index: number): number {
  const code = text.charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff ? index - 1 : index;
}
