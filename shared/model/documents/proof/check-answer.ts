import { findCitations, type TextRange } from './find-citations.ts';
import { findSupport } from './find-support.ts';
import { findWrongQuotes } from './check-quotes.ts';
import { findMissingValues } from './check-values.ts';
import type { GivenPassage } from './given-passage.ts';
import { proseSentences } from './prose-sentences.ts';

export type CheckMark =
  | { readonly type: 'supported'; readonly start: number; readonly end: number; readonly number: number }
  | { readonly type: 'wrongQuote' | 'missingValue'; readonly start: number; readonly end: number };

export interface AnswerCheck {
  /** Numbers of the passages that the answer rests on: those it names, and those found for it. */
  readonly sources: readonly number[];
  /** In the order of the text. */
  readonly marks: readonly CheckMark[];
}

/**
 * Compares an answer with what it was given to read. What cannot be told for sure is not marked: a wrong mark is worse than
 * none. Pure; the same for every language, as far as its words are in the passages.
 */
export function checkAnswer(text: string, question: string, passages: readonly GivenPassage[]): AnswerCheck {
  if (passages.length === 0) return { sources: [], marks: [] };
  const known = new Set(passages.map(({ number }) => number));
  const cited = findCitations(text).flatMap(({ numbers }) => numbers.filter((number) => known.has(number)));
  const sentences = proseSentences(text);
  const quotes = findWrongQuotes(text, question, passages);
  const isApart = (range: TextRange): boolean => !overlaps(range, quotes);
  const supported = findSupport(text, question, sentences, passages).filter(isApart);
  const values = findMissingValues(text, question, sentences, passages).filter(isApart);
  const marks: CheckMark[] = [
    ...supported.map((found) => ({ type: 'supported' as const, ...found })),
    ...quotes.map((range) => ({ type: 'wrongQuote' as const, ...range })),
    ...values.map((range) => ({ type: 'missingValue' as const, ...range })),
  ];
  const sources = [...new Set([...cited, ...supported.map(({ number }) => number)])];
  return {
    sources: sources.toSorted((a, b) => a - b),
    marks: marks.toSorted((a, b) => a.start - b.start || a.end - b.end),
  };
}

/** One mark says it: what is wrong in a quotation is not told again, and a sentence with one is borne out by nothing. */
function overlaps({ start, end }: TextRange, ranges: readonly TextRange[]): boolean {
  return ranges.some((range) => start < range.end && end > range.start);
}
