import fc from 'fast-check';
import { expect, test } from 'vitest';

import { rankFound } from '../../electron/chat/rank-found.ts';

const day = 24 * 60 * 60 * 1000;
const now = 1_800_000_000_000;

interface Item {
  readonly text: string;
  readonly createdAt: number;
}

function rank(items: readonly Item[], ...words: string[]): string[] {
  return rankFound(items, words, now, (item) => item).map(({ text }) => text);
}

test('a whole word comes before a part of one, and the words together before the words apart', () => {
  const today = (text: string): Item => ({ text, createdAt: now });
  expect(rank([today('scatter and so on'), today('a cat and so on')], 'cat')[0]).toBe('a cat and so on');
  const apart = today('the sea is wide and the air is thin');
  expect(rank([apart, today('the sea air is thin and wide over it')], 'sea', 'air').at(-1)).toBe(apart.text);
});

test('of equals the newest is first, and a good match of last year stays before a poor one of today', () => {
  const old = { text: 'tide tables: the tide, the tide!', createdAt: now - 30 * day };
  const poor = { text: `${'other words '.repeat(30)} untidest`, createdAt: now };
  expect(rank([poor, old], 'tide')[0]).toBe(old.text);
  const newer = { text: 'tide', createdAt: now };
  const older = { text: 'tide ', createdAt: now - day };
  expect(rank([older, newer], 'tide')).toEqual([newer.text, older.text]);
});

test('every text comes back once, whatever it is', () => {
  const item = fc.record({ text: fc.string({ unit: 'grapheme' }), createdAt: fc.nat() });
  fc.assert(
    fc.property(fc.array(item), fc.array(fc.string({ minLength: 1 }), { maxLength: 3 }), (items, words) => {
      const ranked = rankFound(items, words, now, (each) => each);
      expect(ranked.toSorted(byText)).toEqual(items.toSorted(byText));
    }),
  );
});

function byText(left: Item, right: Item): number {
  return left.text < right.text ? -1 : left.text > right.text ? 1 : left.createdAt - right.createdAt;
}
