import type { Store } from '../../electron/store/store.ts';

/** Deletes for good what was removed before a time; answers how many rows are gone. */
export function purge(store: Store, removedBeforeMs: number): number {
  store.bin.condemnOlder(removedBeforeMs);
  let rows = 0;
  for (let swept = store.bin.sweep(); swept > 0; swept = store.bin.sweep()) rows += swept;
  return rows;
}
