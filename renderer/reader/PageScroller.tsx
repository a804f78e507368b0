import { useEffect, useMemo, useRef, type ReactNode } from 'react';

import { useTranslation } from '../ui/use-translation.ts';
import type { TextSpan } from './find/find-places.ts';
import type { PageMarks } from './PageFrame.tsx';
import type { PageSize } from './page-layout.ts';
import type { ReaderView, ReaderViewProps } from './reader-view.ts';
import { usePages } from './use-pages.ts';

export interface DrawnPage {
  readonly index: number;
  readonly label: string;
  readonly size: PageSize;
  readonly topPx: number;
  readonly scale: number;
  readonly marks: PageMarks;
  readonly onSize: (size: PageSize) => void;
}

interface PageScrollerProps extends Pick<ReaderViewProps, 'opened' | 'target' | 'find' | 'onView' | 'onPosition'> {
  readonly count: number;
  readonly firstSize: PageSize;
  /** Pixels of CSS that a unit of the pages has at its real size. */
  readonly unit: number;
  readonly textOf: (index: number) => Promise<string>;
  readonly renderPage: (page: DrawnPage) => ReactNode;
}

const noSpans: readonly TextSpan[] = [];

/** Pages to scroll through; tells the bar above where they are, and goes where it says. */
export function PageScroller(props: PageScrollerProps): ReactNode {
  const { opened, target, find, onView, onPosition, count, firstSize, unit, textOf, renderPage } = props;
  const { t } = useTranslation('reader');
  const scroller = useRef<HTMLDivElement>(null);
  const pages = usePages(scroller, count, firstSize, unit);
  const { layout, sizes, scale, zoom, first, last, current, setSize } = pages;

  const latest = useRef({ pages, textOf });
  useEffect(() => {
    latest.current = { pages, textOf };
  });
  useEffect(() => {
    const view: ReaderView = {
      find: {
        sections: count,
        textOf: (index) => latest.current.textOf(index),
        currentSection: () => latest.current.pages.current,
      },
      goToPage: (page) => latest.current.pages.goTo(Math.min(count, Math.max(1, page)) - 1),
      zoomBy: (by) => latest.current.pages.zoomBy(by),
      fitWidth: () => latest.current.pages.fitWidth(),
    };
    onView(view);
    return () => onView(null);
  }, [count, onView]);
  useEffect(() => onPosition({ page: current + 1, pages: count, zoom }), [onPosition, current, count, zoom]);

  useEffect(() => {
    if (target === null) return;
    const y = Math.min(...target.boxes.map((box) => box.y));
    latest.current.pages.goTo(Math.min(count, target.page) - 1, Number.isFinite(y) ? y : 0);
  }, [target, count]);
  const place = find.places[find.current];
  useEffect(() => {
    if (place === undefined) return;
    const { pages: now } = latest.current;
    // On a page that is there it is brought into view by itself.
    if (place.section < now.first || place.section > now.last) now.goTo(place.section);
  }, [place]);

  const found = useMemo(() => Map.groupBy(find.places, ({ section }) => section), [find.places]);
  const marksOf = (index: number): PageMarks => {
    const spans = found.get(index) ?? noSpans;
    const isTarget = target !== null && target.page === index + 1;
    return {
      boxes: isTarget ? target.boxes : [],
      quote: isTarget ? target.quote : undefined,
      found: spans,
      currentFound: place === undefined ? -1 : spans.indexOf(place),
    };
  };
  const indices = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
  return (
    <div
      ref={scroller}
      data-reader-scroller
      role="region"
      aria-label={t('pages', { name: opened.document.name })}
      tabIndex={0}
      className="relative h-full overflow-auto bg-fill outline-none focus-visible:outline-2 focus-visible:-outline-offset-2"
      onScroll={pages.onScroll}
    >
      <div className="relative min-w-full" style={{ height: layout.heightPx, width: layout.widthPx + 32 }}>
        {indices.map((index) =>
          renderPage({
            index,
            label: t(`place.${opened.pages[index]?.unit ?? 'page'}`, { number: index + 1 }),
            size: sizes[index] ?? firstSize,
            topPx: layout.tops[index] ?? 0,
            scale,
            marks: marksOf(index),
            onSize: (size) => setSize(index, size),
          }),
        )}
      </div>
    </div>
  );
}
