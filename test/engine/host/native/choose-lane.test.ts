import { expect, test } from 'vitest';
import { chooseLane } from '../../../../electron/engine/host/native/choose-lane.ts';

const empty = { commonTokens: 0, lengthTokens: 0, lastUsedMs: 0 };

test('a conversation goes on where it is', () => {
  const own = { commonTokens: 95, lengthTokens: 100, lastUsedMs: 1 };
  expect(chooseLane([empty, own, { commonTokens: 20, lengthTokens: 20, lastUsedMs: 9 }])).toBe(1);
});

test('another one takes an empty place, although it begins with the same document', () => {
  expect(chooseLane([{ commonTokens: 70, lengthTokens: 100, lastUsedMs: 1 }, empty])).toBe(1);
});

test('without an empty place it takes the one that rested longest', () => {
  const resting = (lastUsedMs: number) => ({ commonTokens: 5, lengthTokens: 100, lastUsedMs });
  expect(chooseLane([resting(3), resting(1), resting(2)])).toBe(1);
  expect(chooseLane([])).toBeUndefined();
});
