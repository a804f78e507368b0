import { createStore, type StoreApi } from 'zustand/vanilla';

import type { ThreadEvent } from '../../shared/contract/index.ts';
import type { Client } from '../rpc/client.ts';
import { subscribe } from '../rpc/subscribe.ts';
import { createFramePace, type Pace } from './frame-pace.ts';
import { noteArrival, reportDeltas } from './probe.ts';
import { applyAsking, applyEarlier, applyThreadEvents, emptyThread, type ThreadState } from './thread-state.ts';

export interface ThreadView extends ThreadState {
  /** Why the conversation cannot be followed; null while it can. */
  readonly failure: unknown;
  readonly earlier: 'idle' | 'loading' | 'failed';
}

/** One open conversation. Disposing of it ends the subscription; the core goes on writing. */
export interface Thread extends Disposable {
  /** Null until a new conversation is stored. */
  readonly conversationId: string | null;
  /** The same for as long as it is open, also when a new conversation is given its id. */
  readonly key: string;
  readonly view: StoreApi<ThreadView>;
  /** Loads one page of older messages unless one is on its way, of 60 or of `limit`. Resolves when there is nothing to wait for. */
  loadEarlier(limit?: number): Promise<void>;
  /** Subscribes again, from a new snapshot. */
  reload(): void;
  /** Shows a question and the place of its answer before the core has stored them. */
  ask(text: string): void;
  /** Takes them away again, where the core did not take them. */
  unask(): void;
  /** The new conversation is stored under this id: from here on it is followed. */
  begin(conversationId: string): void;
}

type ThreadCalls = Pick<Client['chat'], 'watchThread' | 'earlier'>;

const pageSize = 60;
/** How long what nobody waits for may wait for what somebody does. */
const quietMs = 60;
/** A core that keeps sending what does not fit must not be asked for snapshots without a pause. */
const reloadPauseMs = 1_000;

export function createThread(
  chat: ThreadCalls,
  openedId: string | null,
  createPace: (work: () => void) => Pace = createFramePace,
): Thread {
  const phase = openedId === null ? 'ready' : 'loading';
  const view = createStore<ThreadView>()(() => ({ ...emptyThread, phase, failure: null, earlier: 'idle' }));
  let conversationId = openedId;
  let queue: ThreadEvent[] = [];
  let unsubscribe = (): void => {};
  let disposed = false;
  let reloadedAtMs = -Infinity;
  let reloadTimer: ReturnType<typeof setTimeout> | undefined;
  let quietTimer: ReturnType<typeof setTimeout> | undefined;

  const flush = (): void => {
    clearTimeout(quietTimer);
    quietTimer = undefined;
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
    else if (isQuiet(event)) quietTimer ??= setTimeout(pace.request, quietMs);
    else pace.request();
  };

  const reload = (): void => {
    unsubscribe();
    clearTimeout(reloadTimer);
    reloadTimer = undefined;
    queue = [];
    const followedId = conversationId;
    if (disposed || followedId === null) return;
    reloadedAtMs = performance.now();
    view.setState({ failure: null });
    unsubscribe = subscribe((signal) => chat.watchThread({ conversationId: followedId }, { signal }), onEvent, {
      onError: (failure) => view.setState({ failure }),
    });
  };
  reload();

  threads += 1;
  return {
    get conversationId() {
      return conversationId;
    },
    key: `thread ${threads}`,
    view,
    reload,
    ask(text) {
      // What has come already must stand before it.
      flush();
      view.setState((state) => applyAsking(state, text));
    },
    unask: () => view.setState({ asking: null, prepended: false }),
    begin(storedId) {
      if (conversationId !== null) return;
      conversationId = storedId;
      reload();
    },
    async loadEarlier(limit = pageSize) {
      const { messages, hasEarlier, earlier } = view.getState();
      const first = messages[0];
      if (first === undefined || !hasEarlier || earlier === 'loading') return;
      view.setState({ earlier: 'loading' });
      try {
        const page = await chat.earlier({ beforeMessageId: first.id, limit });
        view.setState((state) => ({ ...applyEarlier(state, first.id, page), earlier: 'idle' }));
      } catch {
        view.setState({ earlier: 'failed' });
      }
    },
    [Symbol.dispose]() {
      disposed = true;
      pace.cancel();
      clearTimeout(reloadTimer);
      clearTimeout(quietTimer);
      unsubscribe();
    },
  };
}

let threads = 0;

/** The beginning of an answer is on the screen already, and what the core does meanwhile is not worth a frame of its own. */
function isQuiet(event: ThreadEvent): boolean {
  switch (event.type) {
    case 'progress':
    case 'conversation':
      return true;
    case 'message':
      return event.message.role === 'user' || (event.message.state === 'running' && event.message.text === '');
    case 'snapshot':
    case 'delta':
    case 'thought':
    case 'removed':
      return false;
  }
}
