import { startTransition, useEffect, useState } from 'react';

/** In a window that is never idle it happens after so long. */
const longestMs = 500;

/** `now`, but not before there is time for what nobody waits for; `before` until then. */
export function useWhenIdle<T>(now: T, before: T): T {
  const [settled, setSettled] = useState(before);
  useEffect(() => {
    if (settled === now) return undefined;
    return whenIdle(() => startTransition(() => setSettled(now)));
  }, [now, settled]);
  return settled;
}

/** The returned function calls it off. */
function whenIdle(work: () => void): () => void {
  // Not every browser has it.
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(work, 50);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(work, { timeout: longestMs });
  return () => cancelIdleCallback(handle);
}
