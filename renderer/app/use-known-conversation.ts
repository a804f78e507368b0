import { useEffect } from 'react';
import { useStore } from 'zustand';

import type { Conversation } from '../../shared/contract/index.ts';
import type { ConversationsStore } from '../sidebar/conversations-store.ts';

/** One that has just begun is not missing, but on its way. */
const newOneMs = 500;

/** The conversation with this id, fetched when it is older than what the sidebar has loaded. */
export function useKnownConversation(store: ConversationsStore, id: string | null): Conversation | undefined {
  const found = useStore(store, (state) => state.conversations.find((conversation) => conversation.id === id));
  const loaded = useStore(store, (state) => state.loaded);
  const missing = id !== null && loaded && found === undefined;
  useEffect(() => {
    if (!missing) return undefined;
    const timer = setTimeout(() => {
      // The conversation itself says in the window's middle that it is gone or cannot be read.
      store
        .getState()
        .fetch(id)
        .catch(() => {});
    }, newOneMs);
    return () => clearTimeout(timer);
  }, [missing, id, store]);
  return found;
}
