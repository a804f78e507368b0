import type { PassageInfo } from '../../../shared/contract/index.ts';
import { scriptOf, termsOf } from '../terms.ts';

/** One point that a model made, and the passage that it stands in. */
export interface Point {
  readonly text: string;
  readonly passage: PassageInfo;
}

const fewestTerms = 2;
const fewestQuestionTerms = 1;
const mostChars = 500;
/** Words of a point that must stand in the piece; the rest are joints. */
const leastFromSource = 0.4;
/** Points that share this much of their words say the same. */
const sameShare = 0.8;

const listMark = /^\s*(?:[-*•·–—]|\d{1,2}[.)、]|[(（]\d{1,2}[)）])\s*/u;
/** Page references at the end of a line: the right one is found by what the line says. */
const trailingPlace =
  /\s*[[(（【](?:[^[\](（【]{0,60}[,，]\s*)?(?:pp?\.|pages?|slides?|sheets?|chapters?|parts?|messages?|第)\s*\d[^[\](（【]{0,24}[\])）】]\s*([.。]?)\s*$/iu;

/**
 * The points of an answer that was to be a list. Dropped is what is no point, what is said twice, and what holds a number,
 * a name or words that do not stand in the passages.
 */
export function groundedPoints(answer: string, passages: readonly PassageInfo[]): Point[] {
  const source = createSource(passages);
  const points: Point[] = [];
  for (const line of linesOf(answer, fewestTerms)) {
    const passage = source.find(line);
    if (passage === undefined || points.some(({ text }) => saysTheSame(text, line))) continue;
    points.push({ text: line, passage });
  }
  return points;
}

/** Questions of a list, each once. */
export function questionsOf(answer: string, passages: readonly PassageInfo[]): string[] {
  const known = new Set(passages.flatMap(({ headings, text }) => termsOf(`${headings.join(' ')} ${text}`)));
  const script = scriptOf(passages.map(({ text }) => text.slice(0, 400)).join(' '));
  const questions: string[] = [];
  for (const line of linesOf(answer, fewestQuestionTerms)) {
    if (!/[?？]$/u.test(line) || questions.some((other) => saysTheSame(other, line))) continue;
    const about = scriptOf(line) !== script || termsOf(line).some((term) => known.has(term));
    if (about) questions.push(line);
  }
  return questions;
}

export function saysTheSame(one: string, other: string): boolean {
  const [left, right] = [new Set(termsOf(one)), new Set(termsOf(other))];
  if (left.size === 0 || right.size === 0) return one === other;
  const shared = [...left].filter((term) => right.has(term)).length;
  return shared / Math.min(left.size, right.size) >= sameShare && numbersOf(one).join() === numbersOf(other).join();
}

function linesOf(answer: string, leastTerms: number): string[] {
  const lines = answer.toWellFormed().split(/\r?\n/u);
  const listed = lines.some((line) => listMark.test(line));
  return lines.flatMap((line) => {
    // Before a list stands what the model says about it.
    if (listed && !listMark.test(line)) return [];
    const text = line.replace(listMark, '').replace(trailingPlace, '$1').trim();
    return text.length <= mostChars && termsOf(text).length >= leastTerms ? [text] : [];
  });
}

function createSource(passages: readonly PassageInfo[]): { find(line: string): PassageInfo | undefined } {
  const whole = passages.map(({ headings, text }) => `${headings.join('\n')}\n${text}`).join('\n');
  const plain = fold(whole);
  const known = new Set(termsOf(whole));
  const each = passages.map((passage) => ({
    passage,
    plain: fold(`${passage.headings.join('\n')}\n${passage.text}`),
    terms: new Set(termsOf(passage.text)),
  }));
  const script = scriptOf(whole);
  return {
    find(line) {
      const numbers = numbersOf(line);
      if (!numbers.every((number) => holdsNumber(plain, number))) return undefined;
      const sameScript = scriptOf(line) === script;
      if (sameScript && !namesOf(line).every((name) => plain.includes(fold(name)))) return undefined;
      const terms = termsOf(line);
      const shared = terms.filter((term) => known.has(term)).length;
      if (sameScript && shared / terms.length < leastFromSource) return undefined;
      const ranked = each
        .map((candidate) => ({
          ...candidate,
          score:
            terms.filter((term) => candidate.terms.has(term)).length +
            3 * numbers.filter((number) => holdsNumber(candidate.plain, number)).length,
        }))
        .toSorted((a, b) => b.score - a.score);
      return ranked[0]?.passage;
    },
  };
}

/** Single digits may count what is there. */
function numbersOf(text: string): string[] {
  return (text.match(/\d(?:[\d.,:/-]*\d)?/gu) ?? []).map(digitsOf).filter((number) => number.length > 1);
}

/** `1,250` and `1250` are the same number. */
function digitsOf(number: string): string {
  return number.replaceAll(/[,\s](?=\d{3})/gu, '');
}

function holdsNumber(text: string, number: string): boolean {
  for (let at = text.indexOf(number); at >= 0; at = text.indexOf(number, at + 1)) {
    const [before = '', after = ''] = [text[at - 1], text[at + number.length]];
    if (!/\d/u.test(before) && !/\d/u.test(after)) return true;
  }
  return false;
}

/** Capitalised words that begin no sentence, and what stands in Chinese quotation marks. */
function namesOf(text: string): string[] {
  const names = [...text.matchAll(/(?<=[\p{Ll}\p{N},;:)] )\p{Lu}\p{Ll}{2,}/gu)].map(([name]) => name);
  const quoted = [...text.matchAll(/[《「『]([^》」』]{2,40})[》」』]/gu)].map((found) => found[1] ?? '');
  return [...names, ...quoted];
}

function fold(text: string): string {
  return digitsOf(text.toLowerCase()).replaceAll(/\s+/gu, ' ');
}
