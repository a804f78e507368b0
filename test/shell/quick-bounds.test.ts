import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { planQuickBounds, planQuickHeight } from '../../electron/shell/quick-bounds.ts';
import { quickMaxHeightPx, quickMinHeightPx } from '../../shared/contract/index.ts';

const laptop = { x: 0, y: 25, width: 1440, height: 875 };

describe('where quick chat opens', () => {
  test('centred, with its top in the upper third of the active display', () => {
    const bounds = planQuickBounds(laptop, 64);
    expect(bounds).toEqual({ x: 380, y: 200, width: 680, height: 64 });
    expect(bounds.y - laptop.y).toBeLessThan(laptop.height / 3);
  });

  test('narrower on a display that is narrower', () => {
    expect(planQuickBounds({ x: 100, y: 0, width: 500, height: 800 }, 64)).toMatchObject({ x: 116, width: 468 });
  });

  test('growing with the answer changes nothing but the height', () => {
    const { height: low, ...small } = planQuickBounds(laptop, 64);
    const { height: high, ...large } = planQuickBounds(laptop, 500);
    expect(small).toEqual(large);
    expect([low, high]).toEqual([64, 500]);
  });

  test('a page that asks for too much or for nonsense gets what the display and the limits allow', () => {
    expect(planQuickBounds(laptop, 99_999).height).toBe(684);
    expect(planQuickBounds({ ...laptop, height: 3_000 }, 99_999).height).toBe(quickMaxHeightPx);
    expect(planQuickBounds(laptop, Number.NaN).height).toBe(quickMinHeightPx);
    expect(planQuickBounds(laptop, -5).height).toBe(quickMinHeightPx);
  });

  test('a window that was moved down stops growing at the lower edge of the display', () => {
    expect(planQuickHeight(laptop, 700, 500)).toBe(184);
    expect(planQuickHeight(laptop, 895, 500)).toBe(quickMinHeightPx);
  });

  test('the height is a whole number of pixels between the limits, whatever is asked for', () => {
    fc.assert(
      fc.property(fc.double(), fc.integer({ min: 300, max: 4_000 }), (asked, height) => {
        const planned = planQuickBounds({ x: 0, y: 0, width: 1280, height }, asked).height;
        expect(Number.isInteger(planned)).toBe(true);
        expect(planned).toBeGreaterThanOrEqual(quickMinHeightPx);
        expect(planned).toBeLessThanOrEqual(quickMaxHeightPx);
      }),
    );
  });
});
