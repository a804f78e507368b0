import type { Language } from './slot-lists.ts';

const stopWords = new Set(
  'a an the of to in on at for by with from and or is are was were be been do does did has have had what which who whom whose when where how why it its this that there i me my we our you your he she they can could will would should must may please tell know need find get one'.split(
    ' ',
  ),
);

/** What a text is about: its words without the small ones, or pairs of characters in Chinese. `values` do not count. */
export function keyWords(text: string, language: Language, values: readonly string[]): Set<string> {
  let rest = text;
  for (const value of values.toSorted((a, b) => b.length - a.length)) rest = rest.replaceAll(value, ' ');
  if (language === 'zh') {
    const found = new Set<string>();
    for (const [run] of rest.matchAll(/\p{Script=Han}+/gu)) {
      for (let at = 0; at + 1 < run.length; at += 1) found.add(run.slice(at, at + 2));
    }
    return found;
  }
  const words = rest.toLowerCase().match(/[a-z]+/g) ?? [];
  return new Set(words.filter((word) => word.length > 2 && !stopWords.has(word)).map(stem));
}

/** Cuts what English adds to words, roughly. */
function stem(word: string): string {
  return word.replace(/(?:ing|ed|es|s|ly|er)$/, '').slice(0, 7);
}

/** The part of `wanted` that `given` has, from 0 to 1. */
export function shareFound(wanted: ReadonlySet<string>, given: ReadonlySet<string>): number {
  if (wanted.size === 0) return 0;
  let found = 0;
  for (const word of wanted) if (given.has(word)) found += 1;
  return found / wanted.size;
}
