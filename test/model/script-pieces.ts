import { findReserved } from './vocabulary.ts';

/** A space before a word belongs to it; a Chinese or Japanese character is a word. */
const word =
  /\s*(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}][\u3000-\u303f\uff00-\uffef]*|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])\S)+)/gu;
const longestPieceWords = 60;

/**
 * Cuts a script into the shortest runs of whole words that occur in it only once. Being unique, a piece names its place:
 * the model needs no memory to know what comes next, and the tokeniser finds each piece of a half-recited script again.
 * @throws Error when the script is empty, repeats a long passage, or holds a spelling of the vocabulary
 */
export function cutScript(script: string): string[] {
  const reserved = findReserved(script);
  if (reserved !== undefined) throw new Error(`The script must not contain "${reserved}".`);
  const words = script.match(word) ?? [];
  if (words.length === 0) throw new Error('The script is empty: give it at least one word.');
  const rest = script.slice(words.join('').length);

  const pieces: string[] = [];
  let at = 0;
  for (let next = 0; next < words.length;) {
    let piece = words[next] ?? '';
    let taken = 1;
    while (!occursOnce(script, piece, at) && next + taken < words.length) {
      if (taken === longestPieceWords) {
        throw new Error(`The script repeats a long passage: "${piece.trim().slice(0, 60)}...". Number its sentences.`);
      }
      piece += words[next + taken];
      taken += 1;
    }
    pieces.push(piece);
    at += piece.length;
    next += taken;
  }
  pieces[pieces.length - 1] += rest;
  // Only the last piece can have run out of words before it was unique; with the one before it, it is.
  const last = pieces.at(-1) ?? '';
  if (pieces.length > 1 && script.indexOf(last) !== script.length - last.length) {
    pieces.splice(-2, 2, `${pieces.at(-2) ?? ''}${last}`);
  }
  return pieces;
}

function occursOnce(script: string, piece: string, at: number): boolean {
  return script.indexOf(piece) === at && !script.includes(piece, at + 1);
}
