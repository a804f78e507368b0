import fc from 'fast-check';
import { expect, test } from 'vitest';

import { citedMarkdown, citedNumbers } from '../../../shared/model/documents/proof/cited-markdown.ts';
import { findCitations } from '../../../shared/model/documents/proof/find-citations.ts';

const found = (text: string) => findCitations(text).map(({ start, end, numbers }) => [text.slice(start, end), numbers]);

test.each([
  ['a [2].', [['[2]', [2]]]],
  ['a [1, 3] b', [['[1, 3]', [1, 3]]]],
  [
    'a [1][2]',
    [
      ['[1]', [1]],
      ['[2]', [2]],
    ],
  ],
  [
    '甲［2］乙【3】丙【1、2】',
    [
      ['［2］', [2]],
      ['【3】', [3]],
      ['【1、2】', [1, 2]],
    ],
  ],
  ['a [2–4]', [['[2–4]', [2, 3, 4]]]],
  ['a [２]', [['[２]', [2]]]],
])('the numbers of sources in "%s" are found', (text, citations) => {
  expect(found(text)).toEqual(citations);
});

test.each([
  '[x]',
  '[2](https://example.org)',
  '[^2]',
  '`[2]`',
  '```\n[2]\n```',
  '~~~\n[2]',
  '\\[2]',
  '![2]',
  '[2]: https://a.example',
  '[0]',
  '[4-2]',
  'a[i]',
  '[2024.1]',
])('there are none in "%s"', (text) => {
  expect(found(text)).toEqual([]);
});

test('every citation that is found can be written down again, and none stands in code', () => {
  const part = fc.constantFrom(
    '[1]',
    '［2］',
    '【3】',
    '`',
    '```',
    '\n',
    ' ',
    'word',
    '[1, 2]',
    '\n\n',
    '~~~',
    '[',
    ']',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
      const text = parts.join('');
      const citations = findCitations(text);
      for (const { start, end, numbers } of citations) {
        expect(text.slice(start, end)).toMatch(/^[[［【].*[\]］】]$/);
        expect(numbers.length).toBeGreaterThan(0);
      }
      expect(findCitations(`\`\`\`\n${text.replaceAll(/[`~]/g, '')}\n\`\`\``)).toEqual([]);
    }),
  );
});

test('an answer that is copied takes its sources along, also those that were found for it', () => {
  const list = [1, 2, 3].map((number) => ({ number }));
  const sources = { list, marks: [{ type: 'supported', start: 0, end: 6, number: 3 }] };
  const text = 'First. Second [1, 7].';
  expect(citedNumbers(text, sources)).toEqual([1, 3]);
  expect(citedMarkdown(text, sources, ({ number }) => `page ${number}`)).toBe(
    'First. [3] Second [1, 7].\n\n[1] page 1  \n[3] page 3',
  );
  expect(citedMarkdown('Nothing.', { list, marks: null }, () => '')).toBe('Nothing.');
});
