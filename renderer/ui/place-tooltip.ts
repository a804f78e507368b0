export type TooltipSide = 'top' | 'bottom' | 'left' | 'right';

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Box extends Size {
  readonly left: number;
  readonly top: number;
}

/** Between the button and its tooltip, in pixels. */
const gapPx = 6;
/** Between a tooltip and the window's edges, in pixels. */
const marginPx = 8;

const opposite: Readonly<Record<TooltipSide, TooltipSide>> = {
  top: 'bottom',
  bottom: 'top',
  left: 'right',
  right: 'left',
};

/** The upper left corner of a tooltip beside a button: on the other side where it would not fit, never over the edge. */
export function placeTooltip(
  button: Box,
  tooltip: Size,
  window: Size,
  wanted: TooltipSide,
): { left: number; top: number } {
  const side = fits(button, tooltip, window, wanted) ? wanted : opposite[wanted];
  const beside = besideOf(button, tooltip, fits(button, tooltip, window, side) ? side : wanted);
  return {
    left: clamp(beside.left, window.width - tooltip.width),
    top: clamp(beside.top, window.height - tooltip.height),
  };
}

function fits(button: Box, tooltip: Size, window: Size, side: TooltipSide): boolean {
  const { left, top } = besideOf(button, tooltip, side);
  switch (side) {
    case 'top':
      return top >= marginPx;
    case 'bottom':
      return top + tooltip.height <= window.height - marginPx;
    case 'left':
      return left >= marginPx;
    case 'right':
      return left + tooltip.width <= window.width - marginPx;
  }
}

function besideOf(button: Box, tooltip: Size, side: TooltipSide): { left: number; top: number } {
  const middleLeft = button.left + (button.width - tooltip.width) / 2;
  const middleTop = button.top + (button.height - tooltip.height) / 2;
  switch (side) {
    case 'top':
      return { left: middleLeft, top: button.top - gapPx - tooltip.height };
    case 'bottom':
      return { left: middleLeft, top: button.top + button.height + gapPx };
    case 'left':
      return { left: button.left - gapPx - tooltip.width, top: middleTop };
    case 'right':
      return { left: button.left + button.width + gapPx, top: middleTop };
  }
}

function clamp(at: number, farthest: number): number {
  return Math.max(marginPx, Math.min(at, farthest - marginPx));
}
