import fc from 'fast-check';
import { expect, test } from 'vitest';

import { layPages, nextZoom, pageAt, pageGapPx, pagesInSight } from '../../../renderer/reader/page-layout.ts';

const size = fc.record({ width: fc.integer({ min: 1, max: 2_000 }), height: fc.integer({ min: 1, max: 3_000 }) });

test('pages stand below each other without touching, and every height belongs to the page that is there', () => {
  fc.assert(
    fc.property(
      fc.array(size, { minLength: 1, maxLength: 50 }),
      fc.double({ min: 0.1, max: 4, noNaN: true }),
      (sizes, scale) => {
        const layout = layPages(sizes, scale);
        for (const [index, top] of layout.tops.entries()) {
          const bottom = top + (sizes[index]?.height ?? 0) * scale;
          expect((layout.tops[index + 1] ?? layout.heightPx) - bottom).toBeCloseTo(pageGapPx, 3);
          expect(pageAt(layout, top + 0.001)).toBe(index);
          const { first, last } = pagesInSight(layout, top, 800);
          expect(first).toBeLessThanOrEqual(index);
          expect(last).toBeGreaterThanOrEqual(index);
        }
      },
    ),
  );
});

test('zooming goes by steps up to its ends and back', () => {
  expect(nextZoom(1, 1)).toBe(1.1);
  expect(nextZoom(1, -1)).toBe(0.9);
  expect(nextZoom(0.69, 1)).toBe(0.75);
  expect(nextZoom(4, 1)).toBe(4);
  expect(nextZoom(0.2, -1)).toBe(0.2);
});
