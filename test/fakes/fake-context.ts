import type { ContextKeeper } from '../../electron/context/context.ts';
import { createAsyncQueue } from '../../electron/lib/async-queue.ts';
import { createEmitter } from '../../electron/lib/emitter.ts';
import type { ThreadContext } from '../../shared/contract/index.ts';

export interface FakeContext extends ContextKeeper {
  /** What every conversation is said to have from now on. */
  show(context: ThreadContext): void;
  /** Conversations that were tried again. */
  readonly retried: readonly string[];
}

/** Summaries that a test puts there. */
export function createFakeContext(): FakeContext {
  const changed = createEmitter<ThreadContext>();
  const retried: string[] = [];
  let current: ThreadContext = { summaries: [], folding: { kind: 'idle' } };
  return {
    retried,
    show(context) {
      current = context;
      changed.emit(context);
    },
    watch(_conversationId, signal) {
      let stop = (): void => {};
      const queue = createAsyncQueue<ThreadContext>({ signal, onEnd: () => stop() });
      if (queue.ended) return queue;
      stop = changed.listen((context) => queue.push(context));
      queue.push(current);
      return queue;
    },
    retry: (conversationId) => void retried.push(conversationId),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
