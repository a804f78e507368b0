import fc from 'fast-check';
import { expect, test } from 'vitest';

import { findFolded, foldText } from '../../../shared/model/documents/proof/fold-text.ts';
import { pointOut } from '../../../shared/model/documents/proof/point-out.ts';

const passage =
  'The rent is due on the first. A charge of 120 pounds falls due\nwhen the lessee leaves early. 押金为两个月房租。\n| Fee | Amount |\n| --- | --- |\n| Late payment | 15 pounds |';

const pointed = (claim: string) => {
  const place = pointOut(claim, passage);
  return place && passage.slice(place.start, place.end);
};

test.each([
  ['Leaving early costs 120 pounds [2].', 'A charge of 120 pounds falls due'],
  ['It says “when the LESSEE leaves  early” [2].', 'when the lessee leaves early'],
  ['押金是两个月的房租[1]。', '押金为两个月房租。'],
  ['Paying late costs 15 pounds.', '| Late payment | 15 pounds |'],
])('what bears out "%s" is pointed out', (claim, words) => {
  expect(pointed(claim)).toBe(words);
});

test('nothing is pointed out where nothing fits', () => {
  expect(pointed('The garden is large.')).toBeUndefined();
  expect(pointed('')).toBeUndefined();
});

test('any stretch of letters is found again, whatever lies between them', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.nat(), fc.nat(), (text, a, b) => {
      const folded = foldText(text);
      expect(folded.places).toHaveLength(folded.text.length);
      const [from, to] = [a % (folded.text.length + 1), b % (folded.text.length + 1)].toSorted((x, y) => x - y);
      const words = folded.text.slice(from, to);
      if (foldText(words).text !== words) return;
      expect(findFolded(folded, words) === undefined).toBe(words === '');
    }),
  );
});
