import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { shortTerms, shortTermsOfWord } from '../../electron/store/short-terms.ts';

describe('short terms', () => {
  test.each<[string, string | null]>([
    ['Tides and 2nd', 't ti a an 2 2n'],
    ['今天天气', '今 天 今天 天天 气 天气'],
    ['AI模型 v2', 'a ai 模 型 模型 v v2'],
    ['temp_dir, É!', 't te d di é'],
    ['… 👍 %', null],
    ['', null],
  ])('of %j', (text, expected) => {
    expect(shortTerms(text)).toBe(expected);
  });

  test.each<[string, string[]]>([
    ['AI', ['ai']],
    ['天', ['天']],
    ['天气', ['天气']],
    ['步。', ['步']],
    ['C#', []],
    ['e_', []],
    ['%', []],
  ])('for looking up %j', (word, expected) => {
    expect(shortTermsOfWord(word)).toEqual(expected);
  });

  test('a text that begins with a word has the terms the word is looked up by', () => {
    const piece = fc.string({ unit: fc.constantFrom(...'aZé1天气あ%_。 '), minLength: 1, maxLength: 2 });
    fc.assert(
      fc.property(piece, fc.string({ unit: 'grapheme' }), (word, rest) => {
        const terms = shortTerms(`${rest} ${word} ${rest}`)?.split(' ') ?? [];
        expect(shortTermsOfWord(word).filter((term) => !terms.includes(term))).toEqual([]);
      }),
    );
  });
});
