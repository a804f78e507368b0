import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { planChatBounds, type Bounds } from '../../electron/shell/window-bounds.ts';

const laptop: Bounds = { x: 0, y: 25, width: 1440, height: 875 };
const beside: Bounds = { x: 1440, y: 0, width: 2560, height: 1400 };

function isInside(inner: Bounds, outer: Bounds): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

describe('where the chat window opens', () => {
  test('in the middle of the primary display when nothing was saved', () => {
    expect(planChatBounds(undefined, [laptop, beside])).toEqual({ x: 160, y: 83, width: 1120, height: 760 });
  });

  test('where it was, when that display is still there', () => {
    const saved = { x: 1600, y: 100, width: 1000, height: 900 };
    expect(planChatBounds(saved, [laptop, beside])).toEqual(saved);
  });

  test('in the middle of the primary display when its own was unplugged', () => {
    const saved = { x: 1600, y: 100, width: 1000, height: 900 };
    expect(planChatBounds(saved, [laptop])).toEqual(planChatBounds(undefined, [laptop]));
  });

  test('moved and made smaller as far as a smaller resolution demands', () => {
    const saved = { x: 800, y: 200, width: 1000, height: 900 };
    expect(planChatBounds(saved, [laptop])).toEqual({ x: 440, y: 25, width: 1000, height: 875 });
  });

  test('in the middle again when only a corner without a grip would be visible', () => {
    const saved = { x: 1420, y: 880, width: 900, height: 700 };
    expect(planChatBounds(saved, [laptop])).toEqual(planChatBounds(undefined, [laptop]));
  });

  test('on a display whose coordinates are negative', () => {
    const left: Bounds = { x: -1920, y: -200, width: 1920, height: 1080 };
    const saved = { x: -1900, y: -100, width: 900, height: 700 };
    expect(planChatBounds(saved, [laptop, left])).toEqual(saved);
  });

  test('whatever the file says, entirely on one of the displays and never larger than it', () => {
    const number = fc.oneof(
      fc.integer({ min: -10_000, max: 10_000 }),
      fc.constantFrom(Number.NaN, Infinity, -Infinity, Number.MAX_SAFE_INTEGER, 0.5),
    );
    const saved = fc.record({ x: number, y: number, width: number, height: number });
    const area = fc.record({
      x: fc.integer({ min: -5_000, max: 5_000 }),
      y: fc.integer({ min: -5_000, max: 5_000 }),
      width: fc.integer({ min: 320, max: 5_000 }),
      height: fc.integer({ min: 240, max: 3_000 }),
    });
    fc.assert(
      fc.property(
        fc.option(saved, { nil: undefined }),
        area,
        fc.array(area, { maxLength: 3 }),
        (bounds, first, rest) => {
          const planned = planChatBounds(bounds, [first, ...rest]);
          expect([first, ...rest].some((display) => isInside(planned, display))).toBe(true);
          expect(planned.width).toBeGreaterThan(0);
          expect(planned.height).toBeGreaterThan(0);
        },
      ),
    );
  });
});
