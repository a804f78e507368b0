import type { Models } from '../library/models.ts';
import type { Implementer } from './implementer.ts';
import { stream } from './stream.ts';

export function modelsRoutes(os: Implementer['models'], models: Models) {
  return os.router({
    watch: os.watch.handler(({ signal }) => stream(signal, (ended) => models.watch(ended))),
    use: os.use.handler(({ input }) => {
      models.use(input.modelId);
      return {};
    }),
    options: os.options.handler(({ input }) => models.options(input.modelId)),
    drafters: os.drafters.handler(({ input }) => ({ modelIds: models.drafters(input.modelId) })),
    setOptions: os.setOptions.handler(({ input }) => models.setOptions(input.modelId, input.options)),
    preload: os.preload.handler(async ({ input, signal }) => {
      await models.preload(input.modelId, signal);
      return {};
    }),
    pin: os.pin.handler(({ input }) => {
      models.pin(input.modelId, input.pinned);
      return {};
    }),
    unload: os.unload.handler(async ({ input }) => {
      await models.unload(input.modelId);
      return {};
    }),
    rescan: os.rescan.handler(() => models.rescan()),
  });
}
