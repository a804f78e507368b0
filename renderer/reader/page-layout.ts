export interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** Where pages stand below each other, in CSS pixels. */
export interface PageLayout {
  readonly tops: readonly number[];
  readonly heightPx: number;
  readonly widthPx: number;
}

export const pageGapPx = 12;

export function layPages(sizes: readonly PageSize[], scale: number): PageLayout {
  const tops: number[] = [];
  let at = pageGapPx;
  let widthPx = 0;
  for (const { width, height } of sizes) {
    tops.push(at);
    at += height * scale + pageGapPx;
    widthPx = Math.max(widthPx, width * scale);
  }
  return { tops, heightPx: at, widthPx };
}

/** Index of the page at a height, from 0. */
export function pageAt({ tops }: PageLayout, y: number): number {
  return Math.max(
    0,
    tops.findLastIndex((top) => top <= y),
  );
}

/** The pages that are to be drawn: those in sight and what comes next. */
export function pagesInSight(layout: PageLayout, top: number, viewHeightPx: number): { first: number; last: number } {
  const ahead = viewHeightPx / 2;
  return { first: pageAt(layout, top - ahead), last: pageAt(layout, top + viewHeightPx + ahead) };
}

/** Steps of the buttons, as factors of the real size on a screen of 96 pixels an inch. */
const steps = [0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4];
/** Pixels of CSS for a point at 100 %. */
export const realSize = 96 / 72;

export function nextZoom(zoom: number, by: 1 | -1): number {
  const next = by > 0 ? steps.find((step) => step > zoom + 0.005) : steps.findLast((step) => step < zoom - 0.005);
  return next ?? zoom;
}
