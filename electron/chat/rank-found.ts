import { foldCase } from '../../shared/model/search-snippet.ts';

export interface Rankable {
  readonly text: string;
  readonly createdAt: number;
}

const dayMs = 24 * 60 * 60 * 1000;
/** A message this old counts half as recent as one of today. */
const halfDays = 120;
/** How much of the score is left to the oldest message. */
const ageless = 0.6;
/** More occurrences than this say nothing more. */
const mostOccurrences = 8;

/**
 * Best first: texts with the words as whole words, often, close to the length of the text, and in the order they were
 * typed in; of equals the newest. Age weighs up to 40 %. Expects texts that hold all the words, newest first.
 */
export function rankFound<T>(
  found: readonly T[],
  words: readonly string[],
  nowMs: number,
  read: (item: T) => Rankable,
): T[] {
  const needles = words.map(foldCase);
  return found
    .map((item) => ({ item, score: scoreOf(read(item), needles, nowMs) }))
    .toSorted((left, right) => right.score - left.score)
    .map(({ item }) => item);
}

function scoreOf({ text, createdAt }: Rankable, needles: readonly string[], nowMs: number): number {
  const folded = foldCase(text);
  let relevance = 0;
  for (const needle of needles) {
    const { occurrences, whole } = occurrencesOf(folded, needle);
    relevance += 1 + 0.25 * Math.log2(Math.max(1, occurrences)) + (whole ? 0.75 : 0);
  }
  relevance /= Math.max(1, needles.length);
  const phrase = needles.join(' ');
  if (needles.length > 1 && (folded.includes(phrase) || folded.includes(needles.join('')))) relevance += 1;
  relevance += 0.5 * Math.min(1, (8 * phrase.length) / Math.max(1, folded.length));
  const ageDays = Math.max(0, nowMs - createdAt) / dayMs;
  return relevance * (ageless + (1 - ageless) / (1 + ageDays / halfDays));
}

function occurrencesOf(text: string, needle: string): { occurrences: number; whole: boolean } {
  let occurrences = 0;
  let whole = false;
  for (let at = text.indexOf(needle); at >= 0 && occurrences < mostOccurrences; at = text.indexOf(needle, at + 1)) {
    occurrences += 1;
    whole ||= !isWordCharacter(text[at - 1]) && !isWordCharacter(text[at + needle.length]);
  }
  return { occurrences, whole };
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}
