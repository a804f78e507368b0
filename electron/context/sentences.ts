/** A piece of a text and where it begins there, in UTF-16 units. */
export interface Sentence {
  readonly text: string;
  readonly start: number;
}

const ends = /[.!?…]+["'”’)\]]*(?=\s|$)|[。！？；…]+[”’」』）]*|\n+/gu;
/** A full stop after these ends no sentence. */
const abbreviation = /(?:^|[\s(])(?:dr|mr|mrs|ms|prof|st|no|nr|vs|approx|e\.g|i\.e|etc|p|pp|[a-z])\.$/iu;
/** Longer ones (a table, a log) are cut where there is a space. */
const longestChars = 400;

/** The sentences of a text in their order, trimmed; line breaks end one as well. */
export function splitSentences(text: string): Sentence[] {
  const found: Sentence[] = [];
  let from = 0;
  for (const end of text.matchAll(ends)) {
    const to = end.index + end[0].length;
    if (end[0] === '.' && abbreviation.test(text.slice(Math.max(from, to - 12), to))) continue;
    addPieces(found, text, from, to);
    from = to;
  }
  addPieces(found, text, from, text.length);
  return found;
}

function addPieces(found: Sentence[], text: string, from: number, to: number): void {
  for (let start = from; start < to;) {
    const end = to - start <= longestChars ? to : cutBefore(text, start);
    const piece = text.slice(start, end);
    const trimmed = piece.trim();
    if (trimmed !== '') found.push({ text: trimmed, start: start + piece.indexOf(trimmed) });
    start = end;
  }
}

function cutBefore(text: string, start: number): number {
  const limit = start + longestChars;
  const space = text.lastIndexOf(' ', limit);
  if (space > start + longestChars / 2) return space;
  // Never between the two halves of a character.
  const code = text.charCodeAt(limit - 1);
  return code >= 0xd800 && code <= 0xdbff ? limit - 1 : limit;
}

/** Neighbouring sentences together, up to `limitChars`; a longer sentence stands alone. */
export function splitPassages(text: string, limitChars: number): Sentence[] {
  const passages: Sentence[] = [];
  let start: number | undefined;
  let end = 0;
  const close = (): void => {
    if (start !== undefined) passages.push({ text: text.slice(start, end), start });
    start = undefined;
  };
  for (const sentence of splitSentences(text)) {
    const sentenceEnd = sentence.start + sentence.text.length;
    if (start !== undefined && sentenceEnd - start > limitChars) close();
    start ??= sentence.start;
    end = sentenceEnd;
  }
  close();
  return passages;
}
