import { scriptOf, termsOf } from '../terms.ts';
import { isStuck } from './is-stuck.ts';

const manyTerms = 12;

/**
 * What a model wrote as the translation of a piece, tidied; undefined when it is none: nothing, the source again, another
 * script than that of the language, or a few words over and over. `strict`: headings and rows of tables must all be there.
 */
export function tryAcceptTranslation(
  written: string,
  source: string,
  language: string,
  strict: boolean,
): string | undefined {
  const text = unfence(written.toWellFormed().trim());
  if (text === '') return undefined;
  const script = scriptOf(text);
  const wanted = /^(?:zh|ja|ko|yue|lzh)\b/u.test(language) ? 'wide' : 'other';
  if (script !== undefined && script !== wanted) return undefined;
  if (isStuck(text, source)) return undefined;
  if (termsOf(text).length >= manyTerms && fold(text) === fold(source)) return undefined;
  if (strict && (count(text, /^#{1,6} /gmu) !== count(source, /^#{1,6} /gmu) || rows(text) !== rows(source))) {
    return undefined;
  }
  return text;
}

/** Some models put the whole into a block of code. */
function unfence(text: string): string {
  return /^```\w*\n([\s\S]*)\n```$/u.exec(text)?.[1]?.trim() ?? text;
}

function rows(text: string): number {
  return count(text, /^\s*\|.*\|\s*$/gmu);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function fold(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').toLowerCase();
}
