import type { Presets, Setups } from '../chat/chat.ts';
import type { Implementer } from './implementer.ts';
import { stream } from './stream.ts';

export function setupsRoutes(os: Implementer['setups'], setups: Setups) {
  return os.router({
    watch: os.watch.handler(({ input, signal }) =>
      stream(signal, (ended) => setups.watch(input.conversationId, ended)),
    ),
    set: os.set.handler(({ input }) => setups.set(input.conversationId, input.setup)),
  });
}

export function presetsRoutes(os: Implementer['presets'], presets: Presets) {
  return os.router({
    watch: os.watch.handler(({ signal }) => stream(signal, (ended) => presets.watch(ended))),
    create: os.create.handler(({ input }) => presets.create(input.name, input.setup)),
    update: os.update.handler(({ input }) => presets.update(input.presetId, input.name, input.setup)),
    remove: os.remove.handler(({ input }) => {
      presets.remove(input.presetId);
      return {};
    }),
    restore: os.restore.handler(({ input }) => presets.restore(input.presetId)),
  });
}
