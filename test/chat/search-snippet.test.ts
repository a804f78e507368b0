import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { makeSnippet, splitSearch } from '../../shared/model/search-snippet.ts';

/** Matches in brackets. */
function show(text: string, query: string): string {
  return makeSnippet(text, splitSearch(query))
    .map((part) => (part.match ? `[${part.text}]` : part.text))
    .join('');
}

describe('a snippet', () => {
  test.each([
    ['The quick brown fox', 'BROWN quick', 'The [quick] [brown] fox'],
    ['今天天气很好，我们去公园', '天气 公园', '今天[天气]很好，我们去[公园]'],
    ['aaaa', 'aa', '[aaaa]'],
    ['line one\nline\ttwo', 'two', 'line one line [two]'],
    ['İstanbul and Berlin', 'berlin', 'İstanbul and [Berlin]'],
    ['nothing here', 'glacier', 'nothing here'],
    ['', 'word', ''],
  ])('of %j for %j is %j', (text, query, expected) => {
    expect(show(text, query)).toBe(expected);
  });

  test('shows what is around the first match of a long text', () => {
    const text = `${'before '.repeat(50)}glacier ${'after '.repeat(50)}`;
    expect(show(text, 'glacier')).toMatch(/^….{40}\[glacier\] (after )+.*…$/);
  });

  test('is made of pieces of the text, and every marked piece is made of the words', () => {
    const alphabet = fc.constantFrom('a', 'B', 'b', ' ', '\n', '天', '气', '👍', 'İ', 'é');
    const text = fc.array(alphabet, { maxLength: 400 }).map((parts) => parts.join(''));
    const query = fc.array(alphabet, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, query, (sample, words) => {
        const parts = makeSnippet(sample, splitSearch(words));
        const shown = parts.map((part) => part.text).join('');
        expect(shown.isWellFormed()).toBe(true);
        expect(sample.replaceAll('\n', ' ')).toContain(shown.replaceAll(/^…|…$/g, ''));
        expect(shown.length).toBeLessThanOrEqual(162);
        const letters = new Set(words + words.toLowerCase());
        for (const part of parts.filter(({ match }) => match)) {
          for (const letter of part.text) expect(letters.has(letter.toLowerCase()) || letters.has(letter)).toBe(true);
        }
      }),
    );
  });
});

test('a search is split at blanks and control characters, without repetitions', () => {
  expect(splitSearch('  Rivers\u3000rivers \0sea\n海 ')).toEqual(['rivers', 'sea', '海']);
  expect(splitSearch(Array.from({ length: 50 }, (_, index) => `w${index}`).join(' '))).toHaveLength(16);
  expect(splitSearch(' \0 ')).toEqual([]);
});
