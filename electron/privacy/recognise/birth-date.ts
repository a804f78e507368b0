import { stretchesOf, type Candidate, type ReadText } from './candidate.ts';
import { isDay } from './check-digits.ts';

const months =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const patterns: readonly RegExp[] = [
  /(?<![\w])\d{4}\s?[-./]\s?\d{1,2}\s?[-./]\s?\d{1,2}(?!\d)/g,
  /(?<![\w])\d{1,2}\s?[-./]\s?\d{1,2}\s?[-./]\s?(?:\d{4}|\d{2})(?!\d)/g,
  /\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日?/g,
  new RegExp(`(?<!\\w)\\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:${months})\\.?,? \\d{4}(?!\\d)`, 'gi'),
  new RegExp(`(?<!\\w)(?:${months})\\.? \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}(?!\\d)`, 'gi'),
  /(?<!\d)(?:19|20)\d{6}(?!\d)/g,
];
const before = /(?:\bborn\b|birth|\bd\.?o\.?b\b|birthday|\*|geb(?:oren)?\b|出生|生日|生于|诞生)[^\n。;；]{0,24}$/i;
const behind = /^[^\n。;；，,]{0,4}(?:出生|生(?![产效成活命意])|生人|\(?(?:date of birth|dob)\)?)/i;

/** A date is a person's only with words about a birth. */
export function findBirthDates({ text }: ReadText): Candidate[] {
  return patterns.flatMap((pattern) =>
    [...stretchesOf(pattern, text)].flatMap(({ start, end, text: date }): Candidate[] => {
      if (!before.test(text.slice(Math.max(0, start - 45), start)) && !behind.test(text.slice(end, end + 24))) {
        return [];
      }
      return isPossible(date) ? [{ kind: 'birthDate', rule: 'birth-date', start, end, score: 0.85 }] : [];
    }),
  );
}

function isPossible(date: string): boolean {
  const parts = /^\d{8}$/.test(date)
    ? [Number(date.slice(0, 4)), Number(date.slice(4, 6)), Number(date.slice(6))]
    : [...date.matchAll(/\d+/g)].map(Number);
  const [a = 0, b = 0, c] = parts;
  if (c === undefined) return true;
  if (a > 31) return isDay(a, b, c);
  const year = c > 99 ? c : 1900 + c;
  return isDay(year, b, a) || isDay(year, a, b);
}
