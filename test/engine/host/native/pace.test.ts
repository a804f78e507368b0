import { expect, test } from 'vitest';
import { createPace } from '../../../../electron/engine/host/native/pace.ts';

test('begins with little and at most doubles, up to what fits into the time and the batch', () => {
  const pace = createPace({ batchTokens: 512, breakable: true });
  expect(pace.expectedMs(1)).toBe(Infinity);
  expect(pace.limits().aloneTokens).toBe(32);
  pace.note(64, 64);
  expect(pace.limits().aloneTokens).toBe(128);
  pace.note(128, 128);
  pace.note(256, 256);
  expect(pace.limits()).toEqual({ batchTokens: 512, aloneTokens: 512, besideTokens: 80 });
});

test('a slow machine reads little at once, yet never nothing', () => {
  const pace = createPace({ batchTokens: 512, breakable: true });
  pace.note(64, 64_000);
  expect(pace.limits()).toEqual({ batchTokens: 512, aloneTokens: 32, besideTokens: 16 });
  expect(createPace({ batchTokens: 8, breakable: true }).limits().aloneTokens).toBe(8);
});

test('what cannot be broken off is kept short', () => {
  const pace = createPace({ batchTokens: 512, breakable: false });
  for (let round = 0; round < 4; round += 1) pace.note(512, 512);
  expect(pace.limits().aloneTokens).toBe(80);
});
