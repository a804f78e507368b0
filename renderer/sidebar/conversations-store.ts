import { createStore, type StoreApi } from 'zustand/vanilla';

import type { Conversation, ConversationsEvent } from '../../shared/contract/index.ts';
import type { Client } from '../rpc/client.ts';
import { subscribe } from '../rpc/subscribe.ts';

const pageSize = 200;
/** A turn moves its conversation in the list when it begins; the first word, which somebody waits for, comes sooner. */
const calmMs = 250;

export interface ConversationsState {
  /** Newest first. */
  readonly conversations: readonly Conversation[];
  /** False until the first list has come. */
  readonly loaded: boolean;
  /** Whether older ones are still at the host. */
  readonly hasOlder: boolean;
  loadOlder(): Promise<void>;
  /** Fetches one that is older than what was loaded. */
  fetch(conversationId: string): Promise<void>;
  rename(conversationId: string, title: string): Promise<void>;
  pin(conversationId: string, pinned: boolean): Promise<void>;
  /** Null takes it out of its folder. */
  move(conversationId: string, folderId: string | null): Promise<void>;
  remove(conversationId: string): Promise<void>;
  restore(conversationId: string): Promise<void>;
}

export type ConversationsStore = StoreApi<ConversationsState> & { dispose(): void };

export function createConversationsStore(client: Client): ConversationsStore {
  /** Those that came out of order (pinned or fetched, but older than the pages): no page may begin after them. */
  let strays = new Set<string>();
  let loading: Promise<void> | undefined;

  const store = createStore<ConversationsState>()((_set, get) => ({
    conversations: [],
    loaded: false,
    hasOlder: false,
    loadOlder: () => (loading ??= load().finally(() => (loading = undefined))),
    async fetch(conversationId) {
      const found = await fetchConversation(client, conversationId);
      if (found) receive({ type: 'upserted', conversation: found });
    },
    async rename(conversationId, title) {
      receive({ type: 'upserted', conversation: await client.chat.rename({ conversationId, title }) });
    },
    async pin(conversationId, pinned) {
      receive({ type: 'upserted', conversation: await client.chat.pin({ conversationId, pinned }) });
    },
    async move(conversationId, folderId) {
      receive({ type: 'upserted', conversation: await client.folders.move({ conversationId, folderId }) });
    },
    async remove(conversationId) {
      const known = get().conversations.find(({ id }) => id === conversationId);
      // Gone from the list at once; the host's own event finds nothing left to do.
      receive({ type: 'removed', conversationId });
      try {
        await client.chat.remove({ conversationId });
      } catch (error) {
        if (known) receive({ type: 'upserted', conversation: known });
        throw error;
      }
    },
    async restore(conversationId) {
      receive({ type: 'upserted', conversation: await client.chat.restore({ conversationId }) });
    },
  }));

  const oldestPaged = (): Conversation | undefined =>
    store.getState().conversations.findLast(({ id }) => !strays.has(id));

  const load = async (): Promise<void> => {
    const oldest = oldestPaged();
    if (!store.getState().hasOlder || !oldest) return;
    const page = await client.chat.list({ before: { conversationId: oldest.id }, limit: pageSize });
    for (const { id } of page.conversations) strays.delete(id);
    store.setState((state) => ({
      conversations: merge(state.conversations, page.conversations),
      hasOlder: page.conversations.length === pageSize,
    }));
  };

  const upsert = (changed: readonly Conversation[]): void => {
    const { hasOlder, conversations } = store.getState();
    const oldest = oldestPaged();
    const known = new Set(conversations.map(({ id }) => id));
    for (const { id, updatedAt } of changed) {
      if (hasOlder && !known.has(id) && oldest && updatedAt <= oldest.updatedAt) strays.add(id);
    }
    store.setState({ conversations: merge(conversations, changed) });
  };

  const take = (event: ConversationsEvent): void => {
    switch (event.type) {
      case 'snapshot':
        strays = new Set();
        store.setState({
          conversations: merge([], event.conversations),
          loaded: true,
          hasOlder: event.total > event.conversations.length,
        });
        return;
      case 'upserted':
        upsert([event.conversation]);
        return;
      case 'removed':
        store.setState((state) => ({
          conversations: state.conversations.filter(({ id }) => id !== event.conversationId),
        }));
        return;
    }
  };

  let waiting: ConversationsEvent[] = [];
  let calm: ReturnType<typeof setTimeout> | undefined;
  const takeWaiting = (): void => {
    clearTimeout(calm);
    calm = undefined;
    const events = waiting;
    waiting = [];
    // Sorting the list once for each of them would take long: after a start come all that are pinned or in folders.
    const changed = events.flatMap((event) => (event.type === 'upserted' ? [event.conversation] : []));
    if (changed.length > 0) upsert(changed);
  };
  /** In order, also where the person's own doing overtakes what the host says. */
  function receive(event: ConversationsEvent): void {
    takeWaiting();
    take(event);
  }
  const hear = (event: ConversationsEvent): void => {
    if (event.type !== 'upserted') return receive(event);
    waiting.push(event);
    calm ??= setTimeout(takeWaiting, calmMs);
  };

  const end = subscribe((signal) => client.chat.watchConversations(undefined, { signal }), hear);
  return {
    ...store,
    dispose() {
      end();
      clearTimeout(calm);
    },
  };
}

function merge(known: readonly Conversation[], changed: readonly Conversation[]): Conversation[] {
  const byId = new Map(known.map((conversation) => [conversation.id, conversation]));
  for (const conversation of changed) byId.set(conversation.id, conversation);
  return [...byId.values()].toSorted((left, right) => right.updatedAt - left.updatedAt);
}

async function fetchConversation(client: Client, conversationId: string): Promise<Conversation | undefined> {
  const controller = new AbortController();
  try {
    const events = await client.chat.watchThread({ conversationId }, { signal: controller.signal });
    // The first event tells: the conversation as it is, or that it is gone.
    for await (const event of events) return event.type === 'snapshot' ? event.conversation : undefined;
    return undefined;
  } finally {
    controller.abort();
  }
}
