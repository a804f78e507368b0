import fc from 'fast-check';
import { expect, test } from 'vitest';

import { placeTooltip } from '../../../renderer/ui/place-tooltip.ts';

const window = { width: 1000, height: 600 };
const tooltip = { width: 100, height: 24 };
const button = (left: number, top: number) => ({ left, top, width: 28, height: 28 });

test('a tooltip stands beside the middle of its button', () => {
  expect(placeTooltip(button(400, 300), tooltip, window, 'bottom')).toEqual({ left: 364, top: 334 });
  expect(placeTooltip(button(400, 300), tooltip, window, 'top')).toEqual({ left: 364, top: 270 });
  expect(placeTooltip(button(400, 300), tooltip, window, 'left')).toEqual({ left: 294, top: 302 });
  expect(placeTooltip(button(400, 300), tooltip, window, 'right')).toEqual({ left: 434, top: 302 });
});

test('it changes sides at an edge of the window', () => {
  expect(placeTooltip(button(400, 560), tooltip, window, 'bottom').top).toBe(530);
  expect(placeTooltip(button(400, 10), tooltip, window, 'top').top).toBe(44);
});

test('it never leaves a window that can hold it', () => {
  const sides = fc.constantFrom('top' as const, 'bottom' as const, 'left' as const, 'right' as const);
  const at = fc.record({ left: fc.integer({ min: -50, max: 1000 }), top: fc.integer({ min: -50, max: 600 }) });
  fc.assert(
    fc.property(at, sides, ({ left, top }, side) => {
      const placed = placeTooltip(button(left, top), tooltip, window, side);
      expect(placed.left).toBeGreaterThanOrEqual(8);
      expect(placed.top).toBeGreaterThanOrEqual(8);
      expect(placed.left + tooltip.width).toBeLessThanOrEqual(window.width - 8);
      expect(placed.top + tooltip.height).toBeLessThanOrEqual(window.height - 8);
    }),
  );
});
