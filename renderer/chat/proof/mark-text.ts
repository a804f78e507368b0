import type { AnswerMark } from '../../../shared/contract/index.ts';

/*
 * Marks go through Markdown as signs of the private use area, which mean nothing there, so that they are where they
 * belong whatever becomes of the words around them. `rehype-proof.ts` takes them out again.
 */
export const openSign = '\uE000';
export const closeSign = '\uE001';
export const pointSign = '\uE002';
const firstIndex = 0xe100;
const mostMarks = 0x1000;

export function indexOfSign(sign: string): number {
  return sign.charCodeAt(0) - firstIndex;
}

/** The text of an answer with its marks in it. */
export function withMarks(text: string, marks: readonly AnswerMark[]): string {
  // Nothing that a model writes may pass for one.
  const clean = text.replaceAll(/[\uE000-\uE002]/g, '\uFFFD');
  const signs = marks.slice(0, mostMarks).flatMap((mark, index) => {
    const name = String.fromCharCode(firstIndex + index);
    // A space in front keeps what ends there, such as bold words, from going on.
    if (mark.type === 'supported') return [{ at: mark.end, rank: 1, sign: ` ${pointSign}${name}` }];
    return [
      { at: mark.start, rank: 2, sign: `${openSign}${name}` },
      { at: mark.end, rank: 0, sign: closeSign },
    ];
  });
  let marked = '';
  let from = 0;
  for (const { at, sign } of signs.toSorted((a, b) => a.at - b.at || a.rank - b.rank)) {
    marked += clean.slice(from, at) + sign;
    from = Math.max(from, at);
  }
  return marked + clean.slice(from);
}

/** Without the beginning of a citation at the end of a growing text: it comes as a whole, and nothing jumps. */
export function withoutHalfCitation(text: string): string {
  return text.replace(/\s?[[［【][\d\s,;、–-]{0,40}$/u, '');
}
