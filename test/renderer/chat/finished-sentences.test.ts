import fc from 'fast-check';
import { expect, test } from 'vitest';

import { finishedSentences, plainWords } from '../../../renderer/chat/finished-sentences.ts';

test('a sentence is read out when it has ended, not before', () => {
  expect(finishedSentences('Tides rise. And the', 0)).toEqual({ spoken: 'Tides rise.', to: 11 });
  expect(finishedSentences('Tides rise. And they fall. ', 11)).toEqual({ spoken: 'And they fall.', to: 26 });
  expect(finishedSentences('Tides rise', 0)).toEqual({ spoken: '', to: 0 });
});

test('numbers, addresses and abbreviations inside a word do not end a sentence', () => {
  expect(finishedSentences('It is 3.14 and example.com is a', 0).spoken).toBe('');
});

test('Chinese sentences end without a space', () => {
  expect(finishedSentences('潮水上涨。然后', 0)).toEqual({ spoken: '潮水上涨。', to: 5 });
  expect(finishedSentences('真的吗？”他问', 0).spoken).toBe('真的吗？”');
});

test('a line ends what is on it', () => {
  expect(finishedSentences('- rivers\n- salt', 0).spoken).toBe('rivers');
});

test('markdown is read as words', () => {
  expect(plainWords('## **Tides** and `code`')).toBe('Tides and code');
  expect(plainWords('See [the map](https://example.com/a?b) now')).toBe('See the map now');
  expect(plainWords('| a | b |\n|---|---|\n| 1 | 2 |')).toBe('a b 1 2');
  expect(plainWords('```ts\nconst a = 1;\n```')).toBe('const a = 1;');
});

test('a growing text is only ever read forwards, and never beyond its end', () => {
  const text = fc.string({ unit: fc.constantFrom('a', ' ', '.', '。', '\n', '!'), maxLength: 80 });
  fc.assert(
    fc.property(text, fc.array(fc.nat(80), { maxLength: 8 }), (whole, cuts) => {
      let to = 0;
      for (const end of cuts.toSorted((left, right) => left - right)) {
        const step = finishedSentences(whole.slice(0, end), to);
        expect(step.to).toBeGreaterThanOrEqual(to);
        expect(step.to).toBeLessThanOrEqual(Math.max(to, end));
        to = step.to;
      }
    }),
  );
});
