import { createStore, type StoreApi } from 'zustand/vanilla';

import type { ThreadEvent } from '../../shared/contract/index.ts';
import type { Client } from '../rpc/client.ts';
import { subscribe } from '../rpc/subscribe.ts';
import { createFramePace, type Pace } from './frame-pace.ts';
import { noteArrival, reportDeltas } from './probe.ts';
import { applyEarlier, applyThreadEvents, emptyThread, type ThreadState } from './thread-state.ts';

export interface ThreadView extends ThreadState {
  /** Why the conversation cannot be followed; null while it can. */
  readonly failure: unknown;
  readonly earlier: 'idle' | 'loading' | 'failed';
}

/** One open conversation. Disposing of it ends the subscription; the core goes on writing. */
export interface Thread extends Disposable {
  readonly conversationId: string;
  readonly view: StoreApi<ThreadView>;
  /** Loads one page of older messages unless one is on its way. Resolves when there is nothing to wait for. */
  loadEarlier(): Promise<void>;
  /** Subscribes again, from a new snapshot. */
  reload(): void;
}

type ThreadCalls = Pick<Client['chat'], 'watchThread' | 'earlier'>;

const pageSize = 60;
/** A core that keeps sending what does not fit must not be asked for snapshots without a pause. */
const reloadPauseMs = 1_000;

export function createThread(
  chat: ThreadCalls,
  conversationId: string,
  createPace: (work: () => void) => Pace = createFramePace,
): Thread {
  const view = createStore<ThreadView>()(() => ({ ...emptyThread, failure: null, earlier: 'idle' }));
  let queue: ThreadEvent[] = [];
  let unsubscribe = (): void => {};
  let disposed = false;
  let reloadedAtMs = -Infinity;
  let reloadTimer: ReturnType<typeof setTimeout> | undefined;

  const flush = (): void => {
    if (queue.length === 0) return;
    const events = queue;
    queue = [];
    const before = view.getState();
    const after = applyThreadEvents(before, events);
    view.setState(after);
    reportDeltas(
      before,
      events.filter((event) => event.type === 'delta'),
    );
    if (after.outOfStep && reloadTimer === undefined) {
      reloadTimer = setTimeout(reload, Math.max(0, reloadedAtMs + reloadPauseMs - performance.now()));
    }
  };
  const pace = createPace(flush);

  const onEvent = (event: ThreadEvent): void => {
    noteArrival(event);
    queue.push(event);
    // Nothing is on the screen yet that a frame of patience could keep smooth.
    if (event.type === 'snapshot') flush();
    else pace.request();
  };

  const reload = (): void => {
    unsubscribe();
    clearTimeout(reloadTimer);
    reloadTimer = undefined;
    queue = [];
    if (disposed) return;
    reloadedAtMs = performance.now();
    view.setState({ failure: null });
    unsubscribe = subscribe((signal) => chat.watchThread({ conversationId }, { signal }), onEvent, {
      onError: (failure) => view.setState({ failure }),
    });
  };
  reload();

  return {
    conversationId,
    view,
    reload,
    async loadEarlier() {
      const { messages, hasEarlier, earlier } = view.getState();
      const first = messages[0];
      if (first === undefined || !hasEarlier || earlier === 'loading') return;
      view.setState({ earlier: 'loading' });
      try {
        const page = await chat.earlier({ beforeMessageId: first.id, limit: pageSize });
        view.setState((state) => ({ ...applyEarlier(state, first.id, page), earlier: 'idle' }));
      } catch {
        view.setState({ earlier: 'failed' });
      }
    },
    [Symbol.dispose]() {
      disposed = true;
      pace.cancel();
      clearTimeout(reloadTimer);
      unsubscribe();
    },
  };
}
