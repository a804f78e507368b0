import { Dialog } from 'radix-ui';
import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { useStore } from 'zustand';

import { InDialog } from '../ui/layer.ts';
import type { LayoutStore } from './layout-store.ts';
import { sidebarLimitsPx } from './remembered.ts';
import { useTranslation } from '../ui/use-translation.ts';

interface SidebarPaneProps {
  readonly layout: LayoutStore;
  readonly narrow: boolean;
  readonly children: ReactNode;
}

/** Beside the conversation with an edge to drag, or over it where the window is narrow. */
export function SidebarPane({ layout, narrow, children }: SidebarPaneProps): ReactNode {
  const { t } = useTranslation('sidebar');
  const { sidebarShown, sidebarWidthPx, overlayShown, closeOverlay } = useStore(layout);
  if (narrow) {
    return (
      <Dialog.Root open={overlayShown} onOpenChange={(open) => (open ? undefined : closeOverlay())}>
        <Dialog.Portal>
          <div aria-hidden className="fixed inset-0 z-30 bg-(--scrim)" />
          <Dialog.Content
            aria-describedby={undefined}
            onOpenAutoFocus={(event) => {
              // The first button would be focused, and its tooltip would cover the search field.
              event.preventDefault();
              if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
            }}
            className="slide-in fixed inset-y-0 left-0 z-30 w-[min(304px,85vw)] bg-sidebar shadow-(--shadow) outline-none"
          >
            <InDialog value>
              <Dialog.Title className="sr-only">{t('landmark')}</Dialog.Title>
              <nav aria-label={t('landmark')} className="h-full">
                {children}
              </nav>
            </InDialog>
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
    );
  }
  if (!sidebarShown) return null;
  return (
    <nav
      aria-label={t('landmark')}
      className="relative shrink-0 border-r border-hairline"
      style={{ width: sidebarWidthPx }}
    >
      {children}
      <Edge layout={layout} />
    </nav>
  );
}

const stepPx = 16;

function Edge({ layout }: { layout: LayoutStore }): ReactNode {
  const { t } = useTranslation('app');
  const { sidebarWidthPx, resize } = useStore(layout);
  const dragging = useRef(false);

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowLeft' ? -stepPx : event.key === 'ArrowRight' ? stepPx : 0;
    if (step === 0) return;
    event.preventDefault();
    resize(sidebarWidthPx + step);
  };
  const onPointerMove = (event: PointerEvent): void => {
    // The sidebar begins at the window's left edge.
    if (dragging.current) resize(event.clientX);
  };
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={t('resizeSidebar')}
      aria-valuenow={sidebarWidthPx}
      aria-valuemin={sidebarLimitsPx.least}
      aria-valuemax={sidebarLimitsPx.most}
      tabIndex={0}
      className="no-drag absolute inset-y-0 -right-1 z-10 w-2 cursor-col-resize"
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
