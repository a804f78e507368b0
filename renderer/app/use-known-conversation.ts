import { useEffect } from 'react';
import { useStore } from 'zustand';

import type { Conversation } from '../../shared/contract/index.ts';
import type { ConversationsStore } from '../sidebar/conversations-store.ts';

/** The conversation with this id, fetched when it is older than what the sidebar has loaded. */
export function useKnownConversation(store: ConversationsStore, id: string | null): Conversation | undefined {
  const found = useStore(store, (state) => state.conversations.find((conversation) => conversation.id === id));
  const loaded = useStore(store, (state) => state.loaded);
  const missing = id !== null && loaded && found === undefined;
  useEffect(() => {
    if (!missing) return;
    // The conversation itself says in the window's middle that it is gone or cannot be read.
    store
      .getState()
      .fetch(id)
      .catch(() => {});
  }, [missing, id, store]);
  return found;
}
