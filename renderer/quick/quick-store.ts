import { createStore, type StoreApi } from 'zustand/vanilla';

import type { Message, ThreadEvent, TurnProgress } from '../../shared/contract/index.ts';
import type { Client } from '../rpc/client.ts';
import { subscribe } from '../rpc/subscribe.ts';

export interface QuickState {
  readonly conversationId: string | null;
  readonly question: string;
  readonly answer: Message | null;
  readonly progress: TurnProgress | null;
  /** The question is on its way to the host. */
  readonly sending: boolean;
  readonly error: unknown;
  /** What was asked in this window, the newest last. */
  readonly asked: readonly string[];
  /** Resolves when the host has stored the question; false when it could not be sent. */
  send(text: string): Promise<boolean>;
  stop(): Promise<void>;
  /** Leaves the conversation; the next question begins another one. */
  startOver(): void;
}

export type QuickStore = StoreApi<QuickState> & { dispose(): void };

export interface QuickStoreOptions {
  /** Runs the function soon, once for many calls: at the next frame, in a window. */
  readonly soon?: (show: () => void) => void;
  readonly makeId?: () => string;
}

const begin = { conversationId: null, question: '', answer: null, progress: null, sending: false, error: undefined };
const askedLimit = 50;

/** One question at a time and its answer. The thread goes on in the chat window under the same id. */
export function createQuickStore(client: Client, options: QuickStoreOptions = {}): QuickStore {
  const { soon = nextFrame, makeId = () => crypto.randomUUID() } = options;
  let unfollow: () => void = () => {};
  /** The text as far as it has come; the state follows once a frame. */
  let growing: Message | null = null;
  let waiting = false;

  const show = (): void => {
    waiting = false;
    store.setState({ answer: growing });
  };
  const showSoon = (): void => {
    if (waiting) return;
    waiting = true;
    soon(() => {
      if (waiting) show();
    });
  };

  const take = (message: Message): void => {
    if (message.role === 'user') {
      growing = null;
      store.setState({ question: message.text, answer: null });
      return;
    }
    growing = message;
    show();
    if (message.state !== 'running') store.setState({ progress: null });
  };

  const receive = (event: ThreadEvent): void => {
    switch (event.type) {
      case 'snapshot': {
        store.setState({ progress: event.progress });
        for (const message of event.messages.slice(-2)) take(message);
        return;
      }
      case 'message':
        take(event.message);
        return;
      case 'delta':
        if (growing?.id !== event.messageId) return;
        growing = { ...growing, text: growing.text.slice(0, event.offset) + event.text };
        showSoon();
        return;
      case 'progress':
        store.setState({ progress: event.progress });
        return;
      case 'thought':
        return;
      case 'removed':
        store.getState().startOver();
        return;
      case 'conversation':
        return;
    }
  };

  const follow = (conversationId: string): void => {
    unfollow();
    unfollow = subscribe((signal) => client.chat.watchThread({ conversationId }, { signal }), receive, {
      onError: (error) => store.setState({ error }),
    });
    store.setState({ conversationId });
  };

  const store = createStore<QuickState>()((set, get) => ({
    ...begin,
    asked: [],
    async send(text) {
      const { conversationId, asked } = get();
      set({ sending: true, error: undefined });
      try {
        const sent = await client.chat.send({ requestId: makeId(), conversationId, text, modelId: null });
        set({ asked: [...asked, text].slice(-askedLimit) });
        if (sent.conversationId !== conversationId) follow(sent.conversationId);
        return true;
      } catch (error) {
        set({ error });
        return false;
      } finally {
        set({ sending: false });
      }
    },
    async stop() {
      const { conversationId } = get();
      if (conversationId === null) return;
      try {
        await client.chat.stop({ conversationId });
      } catch (error) {
        set({ error });
      }
    },
    startOver() {
      unfollow();
      growing = null;
      waiting = false;
      set(begin);
    },
  }));
  return { ...store, dispose: () => unfollow() };
}

function nextFrame(show: () => void): void {
  // A hidden window has no frames, and its answer grows all the same.
  if (document.hidden) setTimeout(show, 100);
  else requestAnimationFrame(show);
}
