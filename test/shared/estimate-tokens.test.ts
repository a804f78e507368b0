import fc from 'fast-check';
import { expect, test } from 'vitest';

import { estimateTokens } from '../../shared/model/estimate-tokens.ts';

const text = fc.string({ unit: 'binary', maxLength: 300 });

test('nothing is no token', () => {
  expect(estimateTokens('')).toBe(0);
});

test.each([
  'The quick brown fox jumps over the lazy dog.',
  'Rivers carry cold meltwater down from high glaciers to the sea, where it mixes with warmer water.',
  'const answer = items.map((item) => item.id);',
  '今天天气怎么样？我们一起去公园散步吧。',
  '2026-11-21',
])('every word, sign, digit and Chinese character of "%s" is counted, none more than twice', (sample) => {
  const pieces = sample.match(/[a-z]+|[^\sa-z]/gi) ?? [];
  expect(estimateTokens(sample)).toBeGreaterThanOrEqual(pieces.length);
  expect(estimateTokens(sample)).toBeLessThanOrEqual(pieces.length * 2);
});

test('an estimate is a whole number between nothing and the bytes of the text', () => {
  fc.assert(
    fc.property(text, (sample) => {
      const estimate = estimateTokens(sample);
      expect(Number.isInteger(estimate)).toBe(true);
      expect(estimate).toBeGreaterThanOrEqual(0);
      expect(estimate).toBeLessThanOrEqual(Buffer.byteLength(sample));
    }),
  );
});

test('more text is never estimated as less, and two texts are at most one more than one made of both', () => {
  fc.assert(
    fc.property(text, text, (first, second) => {
      const both = estimateTokens(first + second);
      expect(both).toBeGreaterThanOrEqual(estimateTokens(first));
      expect(estimateTokens(first) + estimateTokens(second)).toBeLessThanOrEqual(both + 1);
    }),
  );
});
