import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';

import type { ModelsStore } from './models-store.ts';

/** Who only passes over a model does not want it. */
const dwellMs = 150;

/** Has the model that is pointed at loaded ahead; pointing elsewhere, or at null, takes that back. */
export function usePreload(store: ModelsStore): (modelId: string | null) => void {
  const { preload } = useStore(store);
  const pointer = useMemo(() => {
    let current: { readonly modelId: string; readonly end: () => void } | undefined;
    return (modelId: string | null): void => {
      if (current?.modelId === modelId) return;
      current?.end();
      current = undefined;
      if (modelId === null) return;
      const abort = new AbortController();
      const timer = setTimeout(() => preload(modelId, abort.signal), dwellMs);
      const end = (): void => {
        clearTimeout(timer);
        abort.abort();
      };
      current = { modelId, end };
    };
  }, [preload]);
  useEffect(() => () => pointer(null), [pointer]);
  return pointer;
}
