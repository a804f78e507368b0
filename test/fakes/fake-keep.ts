import type { Keep } from '../../electron/keep/keep.ts';
import { createAsyncQueue } from '../../electron/lib/async-queue.ts';
import type { DataStatus } from '../../shared/contract/index.ts';

const nothing: DataStatus = {
  databaseBytes: 4096,
  health: { kind: 'unknown' },
  snapshots: [],
  snapshotBusy: false,
  snapshotFailure: null,
  repair: null,
};

/** An empty bin and no snapshots. */
export function createFakeKeep(): Keep {
  return {
    bin: () => ({
      items: [],
      next: null,
      total: 0,
      counts: { conversation: 0, message: 0, folder: 0, preset: 0, document: 0, collection: 0 },
    }),
    deleteForGood() {},
    emptyBin: () => 0,
    hold: () => ({ [Symbol.dispose]() {} }),
    watch(signal) {
      const queue = createAsyncQueue<DataStatus>({ signal });
      queue.push(nothing);
      return queue;
    },
    takeSnapshot: async () => {},
    restoreSnapshot: async () => {},
    dismissRepair() {},
    async [Symbol.asyncDispose]() {},
  };
}
