import type { Keep } from '../keep/keep.ts';
import type { Transfer } from '../transfer/transfer.ts';
import type { Implementer } from './implementer.ts';
import { stream } from './stream.ts';

export function dataRoutes(os: Implementer['data'], { keep, transfer }: { keep: Keep; transfer: Transfer }) {
  return os.router({
    bin: os.bin.handler(({ input }) => keep.bin(input.after, input.limit)),
    deleteForGood: os.deleteForGood.handler(({ input }) => {
      keep.deleteForGood(input.id);
      return {};
    }),
    emptyBin: os.emptyBin.handler(() => ({ deleted: keep.emptyBin() })),
    watch: os.watch.handler(({ signal }) => stream(signal, (ended) => keep.watch(ended))),
    takeSnapshot: os.takeSnapshot.handler(async () => {
      await keep.takeSnapshot();
      return {};
    }),
    restoreSnapshot: os.restoreSnapshot.handler(async ({ input }) => {
      await keep.restoreSnapshot(input.id);
      return {};
    }),
    watchImport: os.watchImport.handler(({ signal }) => stream(signal, (ended) => transfer.watch(ended))),
    startImport: os.startImport.handler(({ input }) => {
      transfer.startImport(input.ticket);
      return {};
    }),
    cancelImport: os.cancelImport.handler(() => {
      transfer.cancelImport();
      return {};
    }),
    dismissImport: os.dismissImport.handler(() => {
      transfer.dismissImport();
      return {};
    }),
    dismissRepair: os.dismissRepair.handler(() => {
      keep.dismissRepair();
      return {};
    }),
  });
}
