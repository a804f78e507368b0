import { useCallback, useMemo, useSyncExternalStore } from 'react';

import { readPlace, writePlace, type Place } from './place.ts';

/** The place in the address, and the way to another one; back and forward work, and a reload stays. */
export function usePlace(): [Place, (place: Place) => void] {
  const hash = useSyncExternalStore(onHashChange, () => location.hash);
  const place = useMemo(() => readPlace(hash), [hash]);
  const go = useCallback((next: Place) => {
    const target = writePlace(next);
    if (target !== location.hash) location.hash = target;
  }, []);
  return [place, go];
}

function onHashChange(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}
