import { useEffect, useRef, type RefObject } from 'react';

import type { DesktopShell } from '../rpc/desktop-shell.ts';

/** Makes the quick window as high as what is in it. */
export function useWindowHeight(shell: DesktopShell | undefined): RefObject<HTMLElement | null> {
  const surface = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = surface.current;
    if (!shell || !element) return undefined;
    let lastPx = 0;
    const observer = new ResizeObserver(() => {
      // What overflows the window now is what the window should grow by.
      const hiddenPx = [...element.querySelectorAll('[data-grows]')].reduce(
        (sum, part) => sum + part.scrollHeight - part.clientHeight,
        0,
      );
      const heightPx = Math.ceil(element.scrollHeight + hiddenPx);
      if (heightPx === lastPx) return;
      lastPx = heightPx;
      shell.send({ type: 'resizeQuick', heightPx });
    });
    observer.observe(element);
    for (const part of element.querySelectorAll('[data-grows] > *')) observer.observe(part);
    return () => observer.disconnect();
  }, [shell]);
  return surface;
}
