import type { Keep } from '../../electron/keep/keep.ts';

/** An empty bin. */
export function createFakeKeep(): Keep {
  return {
    bin: () => ({ items: [], next: null, total: 0 }),
    deleteForGood() {},
    emptyBin: () => 0,
    async [Symbol.asyncDispose]() {},
  };
}
