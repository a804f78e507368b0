import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDetokeniser } from '../../../electron/engine/host/detokeniser.ts';

const decoder = new TextDecoder();
const decode = (tokens: Uint8Array[]): string => decoder.decode(Uint8Array.from(tokens.flatMap((token) => [...token])));

function cut(bytes: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const tokens: Uint8Array[] = [];
  let at = 0;
  for (let index = 0; at < bytes.length; index += 1) {
    const length = lengths[index % Math.max(lengths.length, 1)] ?? 1;
    tokens.push(bytes.subarray(at, at + length));
    at += length;
  }
  return tokens;
}

test('a character in several tokens appears once it is complete', () => {
  const detokeniser = createDetokeniser(decode);
  const shown = cut(new TextEncoder().encode('a猫🙂'), [1]).map((token) => detokeniser.push(token));
  expect(shown).toEqual(['a', '', '', '猫', '', '', '', '🙂']);
});

test('a token that ends one character and begins another shows what is complete', () => {
  const bytes = new TextEncoder().encode('猫犬');
  const detokeniser = createDetokeniser(decode);
  expect(detokeniser.push(bytes.subarray(0, 4))).toBe('猫');
  expect(detokeniser.push(bytes.subarray(4))).toBe('犬');
});

test('characters that never end where a token ends come out whole, however many there are', () => {
  const text = ` ${'𐀀'.repeat(40)}`;
  const detokeniser = createDetokeniser(decode);
  const pieces = cut(new TextEncoder().encode(text), [2]).map((token) => detokeniser.push(token));
  expect(pieces.join('') + detokeniser.end()).toBe(text);
});

test('any text comes out as it went in, never with half a character', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 6 }),
      (text, lengths) => {
        const detokeniser = createDetokeniser(decode);
        const pieces = cut(new TextEncoder().encode(text), lengths).map((token) => detokeniser.push(token));
        for (const piece of pieces) expect(text.includes('\uFFFD') || !piece.includes('\uFFFD')).toBe(true);
        expect(pieces.join('') + detokeniser.end()).toBe(text);
      },
    ),
  );
});

test('bytes that are no text are shown as such and hold nothing back for ever', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 4 }),
      (bytes, lengths) => {
        const detokeniser = createDetokeniser(decode);
        const tokens = cut(bytes, lengths);
        const shown = tokens.map((token) => detokeniser.push(token)).join('') + detokeniser.end();
        expect(shown.replaceAll('\uFFFD', '')).toBe(decode(tokens).replaceAll('\uFFFD', ''));
      },
    ),
  );
});

test('the tokens before decide about the space between words', () => {
  const words = (tokens: string[], before: string[]): string => (before.length > 0 ? ' ' : '') + tokens.join(' ');
  const first = createDetokeniser(words);
  expect([first.push('Good'), first.push('day')]).toEqual(['Good', ' day']);
  const continued = createDetokeniser(words, ['a', 'b', 'c', 'd']);
  expect(continued.push('more')).toBe(' more');
});
