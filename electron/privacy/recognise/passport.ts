import { hasContext, stretchesOf, type Candidate, type ReadText } from './candidate.ts';

const number = /(?<![A-Za-z0-9])[A-Za-z]{0,2}[ -]?\d(?:[ ]?\d){5,8}[A-Za-z]?(?![A-Za-z0-9])/g;
const words = /passport|passeport|reisepass|pasaporte|travel document|护照|通行证/i;
/** ICAO Doc 9303, part 4: the two lines of a passport. */
const machineReadable =
  /P[A-Z<][A-Z]{3}[A-Z<]{30,39}\s{0,2}\n?\s{0,2}(?<value>[A-Z0-9<]{9})\d[A-Z]{3}\d{6}\d[MFX<]\d{6}\d[A-Z0-9<]{14}[0-9<]\d/dg;

export function findPassports({ text }: ReadText): Candidate[] {
  const numbers = [...stretchesOf(number, text)].flatMap((stretch): Candidate[] => {
    const before = text.slice(Math.max(0, stretch.start - 34), stretch.start);
    const near = hasContext(before, { start: before.length, end: before.length }, words);
    const letters = /^[A-Za-z]/.test(stretch.text);
    if (!near || /[;；。\n]/.test(before.slice(lastWord(before)))) return [];
    return [
      { kind: 'passport', rule: 'passport', start: stretch.start, end: stretch.end, score: letters ? 0.93 : 0.9 },
    ];
  });
  const lines = [...stretchesOf(machineReadable, text)].map(({ start, end }): Candidate => ({
    kind: 'passport',
    rule: 'passport-mrz',
    start,
    end,
    score: 1,
  }));
  return [...numbers, ...lines];
}

function lastWord(before: string): number {
  let last = 0;
  for (const match of before.matchAll(new RegExp(words.source, 'gi'))) last = match.index;
  return last;
}
