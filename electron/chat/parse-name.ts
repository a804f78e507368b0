import { badInput } from './bad-input.ts';

/**
 * One line without control characters.
 * @throws BAD_INPUT for an empty or too long one
 */
export function parseName(field: 'title' | 'name', text: string, limitChars: number): string {
  const line = text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim();
  if (line === '') throw badInput(field, `A ${field} needs at least one letter.`);
  if (line.length > limitChars) throw badInput(field, `A ${field} has at most ${limitChars} characters.`);
  return line;
}
