import { lazy, Suspense, useRef, type KeyboardEvent, type PointerEvent, type ReactNode, type Ref } from 'react';
import { useStore } from 'zustand';

import type { ReaderPaneHandle } from '../reader/ReaderPane.tsx';
import type { DocumentPlace } from '../ui/open-document.ts';
import { useTranslation } from '../ui/use-translation.ts';
import type { LayoutStore } from './layout-store.ts';
import { readerLimitsPx } from './remembered.ts';

const ReaderPane = lazy(async () => ({ default: (await import('../reader/ReaderPane.tsx')).ReaderPane }));

interface ReaderSlotProps {
  readonly layout: LayoutStore;
  /** There is no room beside the conversation: the document lies over it. */
  readonly narrow: boolean;
  readonly place: DocumentPlace;
  readonly onClose: () => void;
  readonly onAsk: (quotation: string) => void;
  readonly ref?: Ref<ReaderPaneHandle>;
}

/** Where a document is shown: at the right edge, with an edge to drag. */
export function ReaderSlot({ layout, narrow, place, onClose, onAsk, ref }: ReaderSlotProps): ReactNode {
  const { readerWidthPx } = useStore(layout);
  const pane = (
    <Suspense>
      <ReaderPane
        {...(ref === undefined ? {} : { ref })}
        place={place}
        edge={narrow ? null : <Edge layout={layout} />}
        onClose={onClose}
        onAsk={onAsk}
      />
    </Suspense>
  );
  if (narrow) return <div className="fixed inset-0 z-20 bg-canvas">{pane}</div>;
  return (
    <div
      className="relative shrink-0 border-l border-hairline"
      style={{ width: `min(${readerWidthPx}px, calc(100% - ${leastThreadPx}px))` }}
    >
      {pane}
    </div>
  );
}

/** What stays of the conversation however wide the document was made; the sidebar comes off it. */
const leastThreadPx = 520;
const stepPx = 16;

function Edge({ layout }: { layout: LayoutStore }): ReactNode {
  const { t } = useTranslation('reader');
  const { readerWidthPx, resizeReader } = useStore(layout);
  const dragging = useRef(false);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowLeft' ? stepPx : event.key === 'ArrowRight' ? -stepPx : 0;
    if (step === 0) return;
    event.preventDefault();
    resizeReader(readerWidthPx + step);
  };
  const onPointerMove = (event: PointerEvent): void => {
    // It ends at the window's right edge.
    if (dragging.current) resizeReader(innerWidth - event.clientX);
  };
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={t('resize')}
      aria-valuenow={readerWidthPx}
      aria-valuemin={readerLimitsPx.least}
      aria-valuemax={readerLimitsPx.most}
      tabIndex={0}
      className="no-drag absolute inset-y-0 -left-1 z-10 w-2 cursor-col-resize"
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        dragging.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        dragging.current = false;
      }}
    />
  );
}
