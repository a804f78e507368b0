import { expect, test } from 'vitest';
import { chooseSequence } from '../../../electron/engine/host/choose-sequence.ts';

const empty = { commonTokens: 0, lengthTokens: 0, lastUsedMs: 0 };

test('another turn goes where its conversation is', () => {
  const own = { commonTokens: 900, lengthTokens: 950, lastUsedMs: 1 };
  const other = { commonTokens: 40, lengthTokens: 800, lastUsedMs: 9 };
  expect(chooseSequence([empty, other, own], 1000)).toBe(2);
});

test('an answer that is written again goes where the question is, though much behind it is forgotten', () => {
  const own = { commonTokens: 900, lengthTokens: 5000, lastUsedMs: 1 };
  expect(chooseSequence([empty, own], 910)).toBe(1);
});

test('a new conversation does not wipe out another one that begins with the same system prompt', () => {
  const other = { commonTokens: 40, lengthTokens: 800, lastUsedMs: 9 };
  expect(chooseSequence([other, empty], 100)).toBe(1);
});

test('when no place is empty, the conversation that was not used for longest goes', () => {
  const older = { commonTokens: 40, lengthTokens: 800, lastUsedMs: 1 };
  const newer = { commonTokens: 40, lengthTokens: 800, lastUsedMs: 2 };
  expect(chooseSequence([newer, older], 1000)).toBe(1);
  expect(chooseSequence([older, newer], 1000)).toBe(0);
});
