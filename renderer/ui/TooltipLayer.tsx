import { useCallback, useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

import { Kbd } from './Kbd.tsx';
import { placeTooltip } from './place-tooltip.ts';
import { tryTooltipTarget, type TooltipTarget } from './tooltip-target.ts';

const patienceMs = 500;
/** So soon after another tooltip the next one does not wait. */
const nextMs = 200;
const tooltipId = 'tooltip';

/**
 * The one tooltip of a window: the accessible name of a button that `tooltipMarks` marks, after a moment of hovering or
 * when the keyboard brings the focus. One for all, because one of its own for each button costs more than the button.
 */
export function TooltipLayer(): ReactNode {
  const [target, setTarget] = useState<TooltipTarget | null>(null);
  useTooltipEvents(setTarget);
  if (target === null) return null;
  return createPortal(<Shown target={target} />, layerOf(target.element));
}

function Shown({ target }: { target: TooltipTarget }): ReactNode {
  const { element, side, keys } = target;
  const tooltip = useRef<HTMLDivElement>(null);
  const name = useName(element);
  useLayoutEffect(() => {
    const shown = tooltip.current;
    if (shown === null) return undefined;
    const window = { width: innerWidth, height: innerHeight };
    const { left, top } = placeTooltip(element.getBoundingClientRect(), shown.getBoundingClientRect(), window, side);
    shown.style.left = `${Math.round(left)}px`;
    shown.style.top = `${Math.round(top)}px`;
    const described = element.getAttribute('aria-describedby');
    element.setAttribute('aria-describedby', tooltipId);
    return () => {
      if (described === null) element.removeAttribute('aria-describedby');
      else element.setAttribute('aria-describedby', described);
    };
  }, [element, side, name]);
  return (
    <div
      ref={tooltip}
      id={tooltipId}
      role="tooltip"
      className="popover-surface pointer-events-none fixed top-0 left-0 z-50 flex max-w-72 items-center gap-2 rounded-md px-2 py-1 text-sm text-ink"
    >
      {name}
      {keys === undefined ? null : <Kbd keys={keys} />}
    </div>
  );
}

/** "Copy" becomes "Copied" under the pointer. */
function useName(element: HTMLElement): string | null {
  const listen = useCallback(
    (onChange: () => void) => {
      const renamed = new MutationObserver(onChange);
      renamed.observe(element, { attributes: true, attributeFilter: ['aria-label'] });
      return () => renamed.disconnect();
    },
    [element],
  );
  return useSyncExternalStore(listen, () => element.ariaLabel);
}

/** Inside the page's main part, so that it belongs to a landmark; a dialog hides that part from screen readers. */
function layerOf(element: HTMLElement): HTMLElement {
  const inDialog = element.closest('[role="dialog"]') !== null;
  return inDialog ? document.body : (document.querySelector('main') ?? document.body);
}

/** Tells which button the tooltip belongs to; null ends it. */
function useTooltipEvents(show: (target: TooltipTarget | null) => void): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let near: HTMLElement | undefined;
    let shown: HTMLElement | undefined;
    let hiddenAtMs = -Infinity;

    const hide = (): void => {
      clearTimeout(timer);
      near = undefined;
      if (shown === undefined) return;
      shown = undefined;
      hiddenAtMs = performance.now();
      show(null);
    };
    const reveal = (target: TooltipTarget): void => {
      // A click may have taken it out of the page.
      if (!target.element.isConnected) return;
      shown = target.element;
      show(target);
    };
    const onPointer = (event: PointerEvent): void => {
      if (event.pointerType === 'touch') return;
      const target = tryTooltipTarget(event.target);
      if (target?.element === near) return;
      hide();
      if (target === undefined) return;
      near = target.element;
      timer = setTimeout(() => reveal(target), performance.now() - hiddenAtMs < nextMs ? 0 : patienceMs);
    };
    const onFocus = (event: FocusEvent): void => {
      const target = tryTooltipTarget(event.target);
      hide();
      // A menu that closes gives the focus back to its button, which nobody came to read.
      if (target !== undefined && target.element.matches(':focus-visible')) reveal(target);
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' || event.key === 'Enter' || event.key === ' ') hide();
    };
    const onScroll = (event: Event): void => {
      // Only what carries the button away from its tooltip; an answer that grows scrolls all the time.
      if (shown !== undefined && event.target instanceof Node && event.target.contains(shown)) hide();
    };

    const listening = new AbortController();
    const { signal } = listening;
    document.addEventListener('pointerover', onPointer, { signal, passive: true });
    document.addEventListener('pointerdown', hide, { signal, passive: true, capture: true });
    document.documentElement.addEventListener('pointerleave', hide, { signal, passive: true });
    document.addEventListener('focusin', onFocus, { signal });
    document.addEventListener('focusout', hide, { signal });
    document.addEventListener('keydown', onKey, { signal, capture: true });
    document.addEventListener('scroll', onScroll, { signal, passive: true, capture: true });
    addEventListener('blur', hide, { signal });
    return () => {
      listening.abort();
      clearTimeout(timer);
    };
  }, [show]);
}
