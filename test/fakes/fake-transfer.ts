import { createAsyncQueue } from '../../electron/lib/async-queue.ts';
import type { Transfer } from '../../electron/transfer/transfer.ts';
import type { ImportJob } from '../../shared/contract/index.ts';

/** Nothing comes in and nothing goes out. */
export function createFakeTransfer(): Transfer {
  return {
    watch(signal) {
      const queue = createAsyncQueue<ImportJob | null>({ signal });
      queue.push(null);
      return queue;
    },
    startImport() {},
    cancelImport() {},
    dismissImport() {},
    isImporting: () => false,
    export: () => undefined,
    async [Symbol.asyncDispose]() {},
  };
}
