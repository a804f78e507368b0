import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextChunkTokens } from '../../../electron/engine/host/next-chunk.ts';

test('a slow machine reads less at once, a fast one more', () => {
  expect(nextChunkTokens(64, 1000, 512)).toBe(32);
  expect(nextChunkTokens(64, 200, 512)).toBe(64);
  expect(nextChunkTokens(64, 1, 512)).toBe(128);
  expect(nextChunkTokens(400, 1, 512)).toBe(512);
});

test('is always a number of tokens that can be read', () => {
  fc.assert(
    fc.property(fc.nat(4096), fc.double({ min: 0, max: 1e6, noNaN: true }), fc.nat(4096), (tokens, elapsedMs, most) => {
      const next = nextChunkTokens(tokens, elapsedMs, most);
      expect(Number.isInteger(next)).toBe(true);
      expect(next).toBeGreaterThanOrEqual(1);
      expect(next).toBeLessThanOrEqual(Math.max(most, 1));
    }),
  );
});
