import type { Keep } from '../keep/keep.ts';
import type { Implementer } from './implementer.ts';

export function dataRoutes(os: Implementer['data'], keep: Keep) {
  return os.router({
    bin: os.bin.handler(({ input }) => keep.bin(input.after, input.limit)),
    deleteForGood: os.deleteForGood.handler(({ input }) => {
      keep.deleteForGood(input.id);
      return {};
    }),
    emptyBin: os.emptyBin.handler(() => ({ deleted: keep.emptyBin() })),
  });
}
