import { hiddenRanges, type TextRange } from './find-citations.ts';
import { findValues, isAmong, meaningsOf, type TextValue } from './find-values.ts';
import { foldText } from './fold-text.ts';
import { wordsOf, type GivenPassage } from './given-passage.ts';
import type { ProseSentence } from './prose-sentences.ts';

/** Smaller ones count things, and often what nobody wrote down: `these 3 conditions`. */
const leastNumber = 13;

/**
 * Numbers and dates of sentences that name their sources, which neither these hold, nor those named beside them in the
 * same paragraph, nor the question.
 */
export function findMissingValues(
  text: string,
  question: string,
  sentences: readonly ProseSentence[],
  passages: readonly GivenPassage[],
): TextRange[] {
  const byNumber = new Map(passages.map((passage) => [passage.number, passage]));
  const cite = ({ citations }: ProseSentence): GivenPassage[] =>
    citations.flatMap(({ numbers }) => numbers.flatMap((number) => byNumber.get(number) ?? []));
  const blocks = Map.groupBy(sentences, ({ block }) => block);
  return [...blocks.values()].flatMap((block) => {
    const cited = new Set(block.flatMap(cite));
    if (cited.size === 0) return [];
    const words = [question, ...[...cited].map(wordsOf)].join('\n');
    const meanings = meaningsOf(words);
    const folded = foldText(words).text;
    const hidden = hiddenRanges(text);
    return block
      .filter((sentence) => cite(sentence).length > 0)
      .flatMap((sentence) => valuesOf(text, sentence))
      .filter((value) => isWorthChecking(value) && !isAmong(value, meanings))
      .filter(({ start, end }) => !hidden.some((range) => start < range.end && end > range.start))
      .filter(({ start, end }) => !isPartOfName(text, { start, end }, folded))
      .map(({ start, end }) => ({ start, end }));
  });
}

/** Without the numbers of its sources. Places are those of the whole text. */
export function valuesOf(text: string, { start, wordsEnd, citations }: ProseSentence): TextValue[] {
  let words = text.slice(start, wordsEnd);
  for (const citation of citations) {
    const [from, to] = [citation.start - start, Math.min(citation.end, wordsEnd) - start];
    if (to > from) words = words.slice(0, from) + ' '.repeat(to - from) + words.slice(to);
  }
  return findValues(words).map((value) => ({ ...value, start: value.start + start, end: value.end + start }));
}

function isWorthChecking({ kind, meanings }: TextValue): boolean {
  if (kind !== 'number') return true;
  const values = meanings.map((meaning) => Number(meaning.slice(1)));
  return values.some((value) => value >= leastNumber || !Number.isInteger(value));
}

/** Such as a number of a telephone or an account, which is written in many groups. */
function isPartOfName(text: string, { start, end }: TextRange, folded: string): boolean {
  const before = /[\p{L}\p{N}][\p{L}\p{N}/.-]*[/. -]?$/u.exec(text.slice(Math.max(0, start - 12), start))?.[0] ?? '';
  const needle = foldText(before.replace(/^.*\s(?=\S*\s?$)/, '') + text.slice(start, end)).text;
  const isCode = /\d[\s/.-]?$/.test(before) || /[\p{Lu}][/.-]?$/u.test(before);
  return isCode && needle.length > 3 && folded.includes(needle);
}
