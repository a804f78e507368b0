import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packTexts } from '../../../../electron/engine/host/native/pack-texts.ts';

test('as many texts are taken as are wished for, and no more', () => {
  expect(packTexts([10, 20, 30, 40], 60, 512)).toBe(3);
  expect(packTexts([10, 20, 30, 40], 1000, 55)).toBe(2);
  expect(packTexts([400, 1], 16, 512)).toBe(1);
  expect(packTexts([], 16, 512)).toBe(0);
});

test('texts that fit one by one are all taken in the end, and never more than fit at once', () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 512 }), { maxLength: 60 });
  fc.assert(
    fc.property(lengths, fc.integer({ min: 1, max: 2000 }), (all, wished) => {
      let rest = all;
      while (rest.length > 0) {
        const count = packTexts(rest, wished, 512);
        expect(count).toBeGreaterThan(0);
        expect(rest.slice(0, count).reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(512);
        rest = rest.slice(count);
      }
    }),
  );
});
