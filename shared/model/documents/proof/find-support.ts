import { wideScripts } from '../../wide-scripts.ts';
import { shareOf } from './check-quotes.ts';
import { valuesOf } from './check-values.ts';
import { claimTerms } from './claim-terms.ts';
import { isAmong, meaningsOf } from './find-values.ts';
import { wordsOf, type GivenPassage } from './given-passage.ts';
import { chineseNumbers, englishNumbers } from './number-words.ts';
import type { ProseSentence } from './prose-sentences.ts';

export interface SupportedSentence {
  readonly start: number;
  /** Where a citation would stand. */
  readonly end: number;
  readonly number: number;
}

/** Of a sentence's telling words, for a passage to bear it out: with a value that it holds too, and without one. */
const leastShareWithValue = 0.6;
const leastShareOfWords = 0.8;
const leastWords = 4;
/** Pairs of characters also go over the ends of words, so that of two ways to say the same fewer are in both. */
const widePart = 0.75;
/** With fewer, the words of the question count as well, and of both this much has to be there. */
const tellingWords = 3;
const leastShareOfBoth = 0.5;
/** By this much more of them than any other passage, where several would do. */
const clearly = 0.2;

const isWide = new RegExp(`[${wideScripts}]`, 'u');

/** That something is not there is borne out by no passage; a question says nothing. */
const saysNothing =
  /\b(?:no|not|nothing|none|neither|cannot|unable|without)\b.*\b(?:mention|state|say|said|contain|specif|hold|found|find|provide|include|information|answer)|n['’]t (?:mention|state|say|contain|specify|find)|没有|未(?:提|说明|找到|注明|包含)|无法|不(?:清楚|知道|确定)|[?？]\s*$/i;

/**
 * Sentences that name no source, and that exactly one passage clearly bears out: all their numbers and dates are in it,
 * and most of what they speak about.
 */
export function findSupport(
  text: string,
  question: string,
  sentences: readonly ProseSentence[],
  passages: readonly GivenPassage[],
): SupportedSentence[] {
  const cited = new Set(sentences.filter(({ citations }) => citations.length > 0).map(({ block }) => block));
  // Where a paragraph names its sources, a sentence without one may be meant to go with the next.
  const open = sentences.filter(({ block }) => !cited.has(block));
  if (open.length === 0) return [];
  const known = passages.map((passage) => {
    const words = wordsOf(passage);
    return { passage, terms: claimTerms(words), meanings: meaningsOf(words) };
  });
  const asked = claimTerms(question);
  return open.flatMap((sentence) => {
    const words = text.slice(sentence.start, sentence.wordsEnd);
    if (saysNothing.test(words)) return [];
    const terms = claimTerms(words);
    const values = valuesOf(text, sentence);
    if (values.length === 0 && terms.size < leastWords) return [];
    const leastWithValue = leastShareWithValue * (isWide.test(words) ? widePart : 1);
    const least = values.length > 0 ? leastWithValue : leastShareOfWords;
    const all = new Set([...terms, ...asked]);
    const spelled = [...englishNumbers(words), ...chineseNumbers(words)].filter(({ value }) => value > 1);
    const fitting = known
      .filter(({ meanings }) => values.every((value) => isAmong(value, meanings)))
      .filter(({ meanings }) => spelled.every(({ value }) => meanings.has(`#${value}`)))
      .map(({ passage, terms: own }) => ({ passage, share: shareOf(terms, own), withQuestion: shareOf(all, own) }))
      // A bare value has few words of its own: what was asked has to be spoken of too.
      .filter(({ share }) => share >= least || terms.size === 0)
      .filter(({ withQuestion }) => terms.size >= tellingWords || withQuestion >= leastShareOfBoth)
      .toSorted((a, b) => b.share - a.share || b.withQuestion - a.withQuestion);
    const [best, next] = fitting;
    if (best === undefined) return [];
    const isClear =
      next === undefined || best.share >= next.share + clearly || best.withQuestion >= next.withQuestion + clearly;
    return isClear ? [{ start: sentence.start, end: endOf(text, sentence), number: best.passage.number }] : [];
  });
}

/** In front of closing marks of Markdown nothing may stand, and behind the last sign everything. */
function endOf(text: string, { start, wordsEnd }: ProseSentence): number {
  let end = wordsEnd;
  while (end > start && /\s/.test(text[end - 1] ?? '')) end -= 1;
  return end;
}
