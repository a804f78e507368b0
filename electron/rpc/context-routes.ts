import type { ContextKeeper } from '../context/context.ts';
import type { Implementer } from './implementer.ts';
import { stream } from './stream.ts';

export function contextRoutes(os: Implementer['context'], context: ContextKeeper) {
  return os.router({
    watch: os.watch.handler(({ input, signal }) =>
      stream(signal, (ended) => context.watch(input.conversationId, ended)),
    ),
    retry: os.retry.handler(({ input }) => {
      context.retry(input.conversationId);
      return {};
    }),
  });
}
