import type { Steps } from '../in-steps.ts';
import { alignItems } from './align-items.ts';

export interface Piece {
  readonly text: string;
  readonly changed: boolean;
}

const word =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\d(?:[\d.,:/-]*\d)?|[\p{L}\p{M}\p{N}_'’]+|\s+|[^\s]/gu;
/** In longer paragraphs only what is alike at both ends is told. */
const mostWords = 6000;

/** Words; a Chinese character is one. */
function wordsOf(text: string): string[] {
  return text.match(word) ?? [];
}

/** How much two paragraphs have in common, from 0 to 1: twice the shared words of all words (Dice). */
export function likeness(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const [text, times] of few) shared += Math.min(times, many.get(text) ?? 0);
  const all = sum(a) + sum(b);
  return all === 0 ? 0 : (2 * shared) / all;
}

export function countWords(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const each of wordsOf(text)) if (/[\p{L}\p{N}]/u.test(each)) counts.set(each, (counts.get(each) ?? 0) + 1);
  return counts;
}

function sum(counts: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const times of counts.values()) total += times;
  return total;
}

/** Both texts cut into what is common and what is not. */
export function* compareWords(before: string, after: string): Steps<{ before: Piece[]; after: Piece[] }> {
  const [a, b] = [wordsOf(before), wordsOf(after)];
  const ids = new Map<string, number>();
  const idOf = (text: string): number => {
    const known = ids.get(text) ?? ids.size;
    ids.set(text, known);
    return known;
  };
  const pairs = a.length + b.length > 2 * mostWords ? [] : yield* alignItems(a.map(idOf), b.map(idOf));
  return {
    before: piecesOf(a, new Set(pairs.map(([index]) => index))),
    after: piecesOf(b, new Set(pairs.map(([, index]) => index))),
  };
}

function piecesOf(words: readonly string[], common: ReadonlySet<number>): Piece[] {
  const pieces: { text: string; changed: boolean }[] = [];
  for (const [index, text] of words.entries()) {
    // A space between two changed words belongs to the change.
    const lonely =
      /^\s+$/.test(text) && !common.has(index - 1) && !common.has(index + 1) && index > 0 && index + 1 < words.length;
    const changed = !common.has(index) || lonely;
    const last = pieces.at(-1);
    if (last?.changed === changed) last.text += text;
    else pieces.push({ text, changed });
  }
  return pieces;
}
