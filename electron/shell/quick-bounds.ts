import { quickMaxHeightPx, quickMinHeightPx, quickWidthPx } from '../../shared/contract/index.ts';
import type { Bounds } from './window-bounds.ts';

const marginPx = 16;

/**
 * Where quick chat stands on a display: centred, its top edge a fifth of the way down, so that it sits in the upper
 * third and has room to grow downwards. Position and width depend on the display alone: growing never moves it.
 */
export function planQuickBounds(workArea: Bounds, contentHeightPx: number): Bounds {
  const width = Math.min(quickWidthPx, Math.max(1, workArea.width - 2 * marginPx));
  const y = workArea.y + Math.round(workArea.height / 5);
  return {
    x: workArea.x + Math.round((workArea.width - width) / 2),
    y,
    width,
    height: planQuickHeight(workArea, y, contentHeightPx),
  };
}

/** As high as its content, within the limits of the window and of the display below its top edge. */
export function planQuickHeight(workArea: Bounds, topPx: number, contentHeightPx: number): number {
  const room = Math.max(quickMinHeightPx, workArea.y + workArea.height - marginPx - topPx);
  const wanted = Number.isFinite(contentHeightPx) ? Math.ceil(contentHeightPx) : quickMinHeightPx;
  return Math.min(Math.max(wanted, quickMinHeightPx), quickMaxHeightPx, room);
}
