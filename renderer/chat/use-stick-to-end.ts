import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';

/** Closer to the end than this counts as being there. */
const nearPx = 32;

export interface StickToEnd {
  /** The reader is somewhere above; new text does not move the view. */
  readonly away: boolean;
  /** The same, for callbacks. */
  readonly isAway: () => boolean;
  /** Call after anything that may have changed heights. */
  readonly settle: () => void;
  /** Stays where it is, whatever comes. */
  readonly letGo: () => void;
  /** Goes to the end and stays there while it grows. */
  readonly goToEnd: () => void;
}

/**
 * Keeps the end of a growing list in view for a reader who is there, and leaves alone one who is not. Only a movement
 * upwards can mean that somebody wants to read above: growth pushes the end away without moving the view.
 */
export function useStickToEnd(scroller: RefObject<HTMLElement | null>): StickToEnd {
  const [away, setAway] = useState(false);
  const stuck = useRef(true);
  const lastTop = useRef(0);

  const settle = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    const end = element.scrollHeight - element.clientHeight;
    if (!stuck.current) {
      setAway(end - element.scrollTop > nearPx);
      return;
    }
    if (element.scrollTop < end - 1) element.scrollTop = end;
    lastTop.current = element.scrollTop;
  }, [scroller]);

  const letGo = useCallback(() => {
    stuck.current = false;
  }, []);

  const goToEnd = useCallback(() => {
    stuck.current = true;
    setAway(false);
    settle();
  }, [settle]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const onScroll = (): void => {
      const distance = element.scrollHeight - element.clientHeight - element.scrollTop;
      if (distance <= nearPx) stuck.current = true;
      else if (element.scrollTop < lastTop.current - 1) stuck.current = false;
      lastTop.current = element.scrollTop;
      setAway(!stuck.current);
    };
    // The window or the message field changed its height.
    const resized = new ResizeObserver(settle);
    resized.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, [scroller, settle]);

  const isAway = useCallback(() => !stuck.current, []);
  return { away, isAway, settle, letGo, goToEnd };
}
