import { claimTerms } from './claim-terms.ts';
import { findValues, meaningsOf } from './find-values.ts';
import type { TextRange } from './find-citations.ts';
import { findFolded, foldText } from './fold-text.ts';

const quoted = /["“「『«]([^"”」』»\n]{6,})["”」』»]/g;
const sentencePart = /[^\n]+?(?:[.!?](?=\s+[\p{Lu}\p{N}\p{Script=Han}"'“])|[。！？；]|(?=\n)|$)/gu;
/** Of what a sentence says, for one of the passage to be pointed out. */
const leastShare = 0.25;

/**
 * What of a passage a sentence of an answer rests on: the words it quotes, else the sentence or row that holds most of
 * its numbers and words. Undefined when nothing stands out.
 */
export function pointOut(sentence: string, passage: string): TextRange | undefined {
  const folded = foldText(passage);
  for (const { 1: words = '' } of sentence.matchAll(quoted)) {
    const place = findFolded(folded, words);
    if (place !== undefined) return place;
  }
  const terms = claimTerms(sentence);
  const values = findValues(sentence.replaceAll(/[[［【][\d,;、\s–-]{1,40}[\]］】]/g, ' '));
  const asked = terms.size + values.length * valueWeight;
  if (asked === 0) return undefined;
  let best: { range: TextRange; score: number } | undefined;
  for (const { 0: part, index } of passage.matchAll(sentencePart)) {
    const lead = part.length - part.trimStart().length;
    const range = { start: index + lead, end: index + part.trimEnd().length };
    if (range.end <= range.start) continue;
    const own = claimTerms(part);
    const meanings = meaningsOf(part);
    let score = 0;
    for (const term of terms) if (own.has(term)) score += 1;
    for (const value of values) if (value.meanings.some((meaning) => meanings.has(meaning))) score += valueWeight;
    if (score > (best?.score ?? 0)) best = { range, score };
  }
  return best !== undefined && best.score / asked >= leastShare ? best.range : undefined;
}

const valueWeight = 3;
