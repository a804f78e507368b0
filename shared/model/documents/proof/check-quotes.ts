import { claimTerms } from './claim-terms.ts';
import { hiddenRanges, type TextRange } from './find-citations.ts';
import { foldText } from './fold-text.ts';
import { wordsOf, type GivenPassage } from './given-passage.ts';

const patterns = [
  /"([^"\n]{1,600})"/g,
  /“([^“”\n]{1,600})”/g,
  /「([^「」\n]{1,600})」/g,
  /『([^『』\n]{1,600})』/g,
  /«([^«»\n]{1,600})»/g,
  // Also an apostrophe: only where letters neither precede nor follow.
  /(?<![\p{L}\p{N}])‘([^‘\n]{1,600})’(?![\p{L}\p{N}])/gu,
];
const leastWords = 4;
const leastIdeographs = 8;
/** Of its words, for a text in quotation marks to be taken for one of the documents. */
const leastShare = 0.5;
/** The same where the number of a source stands right behind it; a quotation in another language has none of its words. */
const leastShareCited = 0.15;

/**
 * Texts in quotation marks that none of the passages holds. Short ones are names and ways of speaking; one that has
 * little to do with the passages, or is in the question, quotes something else.
 */
export function findWrongQuotes(text: string, question: string, passages: readonly GivenPassage[]): TextRange[] {
  const quotes = findQuotes(text);
  if (quotes.length === 0 || passages.length === 0) return [];
  const haystacks = foldedStretches(passages);
  const asked = foldText(question).text;
  const terms = passages.map((passage) => claimTerms(wordsOf(passage)));
  return quotes.filter(({ start, end }) => {
    const words = text.slice(start + 1, end - 1);
    const pieces = piecesOf(words);
    const stands = haystacks.some((haystack) => holdsInOrder(haystack, pieces)) || holdsInOrder(asked, pieces);
    const least = /^[.,;。，；、]?\s*(?:\[\d|［|【)/.test(text.slice(end)) ? leastShareCited : leastShare;
    return !stands && terms.some((known) => shareOf(claimTerms(words), known) >= least);
  });
}

/** With their marks, outside of code, as far as they are long enough to be quoted from somewhere. */
function findQuotes(text: string): TextRange[] {
  const hidden = hiddenRanges(text);
  return patterns
    .flatMap((pattern) => [...text.matchAll(pattern)])
    .filter(({ index, 1: words = '' }) => {
      if (hidden.some((range) => index < range.end && index >= range.start)) return false;
      const ideographs = words.match(/\p{Script=Han}/gu)?.length ?? 0;
      return ideographs >= leastIdeographs || (words.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) - ideographs >= leastWords;
    })
    .map(({ index, 0: whole }) => ({ start: index, end: index + whole.length }))
    .toSorted((a, b) => a.start - b.start);
}

/** What was left out or put in by the one who quotes parts a quotation. */
function piecesOf(words: string): string[] {
  return words
    .replaceAll(/\[\d{1,4}\]/g, ' ')
    .split(/…+|\.{3,}|\[[^\]]*\]|（[^）]*）/)
    .map((piece) => foldText(piece).text)
    .filter((piece) => piece !== '');
}

function holdsInOrder(haystack: string, pieces: readonly string[]): boolean {
  let from = 0;
  for (const piece of pieces) {
    const at = haystack.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return true;
}

/** Passages that follow each other are one text: a quotation may go over the seam. */
function foldedStretches(passages: readonly GivenPassage[]): string[] {
  const ordered = passages.toSorted((a, b) => compare(a.documentId, b.documentId) || a.seq - b.seq);
  const stretches: string[] = [];
  let last: GivenPassage | undefined;
  for (const passage of ordered) {
    const folded = foldText(passage.text).text;
    const follows = last?.documentId === passage.documentId && last.seq + 1 === passage.seq;
    const before = follows ? stretches.pop() : undefined;
    stretches.push(`${before ?? ''}${folded}`);
    last = passage;
  }
  const titles = passages.flatMap(({ documentName, headings }) => [documentName, ...headings]);
  return [...stretches, ...new Set(titles.map((title) => foldText(title).text))];
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

export function shareOf(terms: ReadonlySet<string>, known: ReadonlySet<string>): number {
  let held = 0;
  for (const term of terms) if (known.has(term)) held += 1;
  return terms.size === 0 ? 0 : held / terms.size;
}
