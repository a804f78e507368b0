import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';

import { sideGapPx } from './PageFrame.tsx';
import { layPages, nextZoom, pageAt, pageGapPx, pagesInSight, type PageLayout, type PageSize } from './page-layout.ts';

export interface Pages {
  readonly layout: PageLayout;
  readonly sizes: readonly PageSize[];
  /** Pixels of CSS for a unit of the pages. */
  readonly scale: number;
  /** As people name it: 1 is the real size. */
  readonly zoom: number;
  /** Indices, from 0. */
  readonly first: number;
  readonly last: number;
  readonly current: number;
  readonly setSize: (index: number, size: PageSize) => void;
  /** `y` in units of the page. */
  readonly goTo: (index: number, y?: number) => void;
  readonly zoomBy: (by: 1 | -1) => void;
  readonly fitWidth: () => void;
  readonly onScroll: () => void;
}

/** Room above a place that is gone to, so that what stands before it can be read too. */
const aboveRatio = 0.2;

/**
 * Pages below each other in a scrolling element, of which only those in sight are there. `unit` is the pixels of CSS that a
 * unit of the pages has at its real size.
 */
export function usePages(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  firstSize: PageSize,
  unit: number,
): Pages {
  const [sizes, setSizes] = useState<ReadonlyMap<number, PageSize>>(new Map());
  const [zoom, setZoom] = useState<number | null>(null);
  const [view, setView] = useState({ top: 0, widthPx: 0, heightPx: 0 });
  const all = useMemo(
    () => Array.from({ length: count }, (_, index) => sizes.get(index) ?? firstSize),
    [count, sizes, firstSize],
  );
  const widest = useMemo(() => Math.max(1, ...all.map(({ width }) => width)), [all]);
  const scale = zoom === null ? Math.max(0.05, (view.widthPx - 2 * sideGapPx) / widest) : zoom * unit;
  const layout = useMemo(() => layPages(all, scale), [all, scale]);

  const measure = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    const next = { top: element.scrollTop, widthPx: element.clientWidth, heightPx: element.clientHeight };
    setView((before) =>
      before.top === next.top && before.widthPx === next.widthPx && before.heightPx === next.heightPx ? before : next,
    );
  }, [scroller]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [measure, scroller]);

  // What is in sight stays in sight when pages turn out to have another size, or all are zoomed.
  const shown = useRef({ layout, scale });
  const wanted = useRef<{ index: number; y: number } | null>(null);
  useLayoutEffect(() => {
    const element = scroller.current;
    const before = shown.current;
    shown.current = { layout, scale };
    if (element === null || view.widthPx === 0) return;
    const goal = wanted.current;
    if (goal !== null) {
      element.scrollTop = heightOf(layout, scale, goal) - (goal.y > 0 ? element.clientHeight * aboveRatio : pageGapPx);
      measure();
      return;
    }
    if (before.layout === layout) return;
    const index = pageAt(before.layout, element.scrollTop);
    const y = (element.scrollTop - (before.layout.tops[index] ?? 0)) / before.scale;
    element.scrollTop = heightOf(layout, scale, { index, y });
    measure();
  }, [layout, scale, scroller, measure, view.widthPx]);
  // A place is kept until the person scrolls away from it: the sizes of the pages around it are known only by and by.
  useEffect(() => {
    const element = scroller.current;
    const letGo = (): void => {
      wanted.current = null;
    };
    for (const name of ['wheel', 'pointerdown', 'keydown', 'touchstart'] as const) {
      element?.addEventListener(name, letGo, { passive: true });
    }
    return () => {
      for (const name of ['wheel', 'pointerdown', 'keydown', 'touchstart'] as const) {
        element?.removeEventListener(name, letGo);
      }
    };
  }, [scroller]);

  const { first, last } = pagesInSight(layout, view.top, view.heightPx);
  return {
    layout,
    sizes: all,
    scale,
    zoom: scale / unit,
    first,
    last,
    current: pageAt(layout, view.top + view.heightPx / 3),
    setSize: useCallback((index, size) => {
      setSizes((before) => {
        const known = before.get(index);
        if (known?.width === size.width && known.height === size.height) return before;
        return new Map(before).set(index, size);
      });
    }, []),
    goTo(index, y = 0) {
      const element = scroller.current;
      wanted.current = { index, y };
      if (element === null || view.widthPx === 0) return;
      element.scrollTop =
        heightOf(layout, scale, { index, y }) - (y > 0 ? element.clientHeight * aboveRatio : pageGapPx);
      measure();
    },
    zoomBy: (by) => setZoom(nextZoom(scale / unit, by)),
    fitWidth: () => setZoom(null),
    onScroll: measure,
  };
}

function heightOf(layout: PageLayout, scale: number, { index, y }: { index: number; y: number }): number {
  return (layout.tops[index] ?? 0) + y * scale;
}
