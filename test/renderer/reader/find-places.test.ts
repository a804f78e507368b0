import fc from 'fast-check';
import { expect, test } from 'vitest';

import { findPlaces, findQuote } from '../../../renderer/reader/find/find-places.ts';

const found = (text: string, query: string): string[] =>
  findPlaces(text, query).map(({ start, end }) => text.slice(start, end));

test('words are found whatever their case and however the line is broken between them', () => {
  expect(found('The Lease\nagreement. the lease  agreement', 'lease agreement')).toEqual([
    'Lease\nagreement',
    'lease  agreement',
  ]);
  expect(found('an infor-\nmation desk', 'information')).toEqual(['infor-\nmation']);
  expect(found('in formation', 'information')).toEqual([]);
});

test('Chinese is found across the end of a line', () => {
  expect(found('押金两\n千四百元', '两千四百')).toEqual(['两\n千四百']);
});

test('signs of patterns are signs', () => {
  expect(found('a.b (c) [d] a+b', '(c) [d]')).toEqual(['(c) [d]']);
  expect(found('axb', 'a.b')).toEqual([]);
  expect(findPlaces('text', '   ')).toEqual([]);
});

test('a quote is found where reading joined or parted it', () => {
  const text = 'The depo-\nsit is 1,250 euros,pay-\nable at once.';
  const [place] = findQuote(text, 'deposit is 1,250 euros, payable');
  expect(place && text.slice(place.start, place.end)).toBe('depo-\nsit is 1,250 euros,pay-\nable');
});

test('any part of any text is found in it, and nothing breaks the search', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.nat(), fc.nat(30), (text, at, length) => {
      const start = text.length === 0 ? 0 : at % text.length;
      const part = text.slice(start, start + length);
      for (const find of [findPlaces, findQuote]) {
        const places = find(text, part);
        if (part.trim() !== '' && part.trim().toWellFormed() === part.trim()) expect(places.length).toBeGreaterThan(0);
        for (const place of places) expect(place.end).toBeGreaterThan(place.start);
      }
    }),
  );
});
