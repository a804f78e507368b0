import { createStore, type StoreApi } from 'zustand/vanilla';

import { emptySetup, isUnset, type ConversationSetup } from '../../shared/model/turn-setup.ts';
import type { Client } from '../rpc/client.ts';
import { subscribe } from '../rpc/subscribe.ts';

export interface SetupState {
  /** Null is a conversation that begins with its first message. */
  readonly conversationId: string | null;
  readonly setup: ConversationSetup;
  /** Where a new conversation will be filed. */
  readonly folderId: string | null;
  /** Follows another conversation. A new one begins with nothing set. */
  open(conversationId: string | null): void;
  /** The new conversation is stored, with what was set for it, under this id. */
  begun(conversationId: string): void;
  change(setup: ConversationSetup): Promise<void>;
  beginIn(folderId: string | null): void;
}

const calmMs = 250;

/** What goes with the first message of a conversation. */
export interface Beginning {
  readonly setup?: ConversationSetup;
  readonly folderId?: string;
}

export type SetupStore = StoreApi<SetupState> & { beginning(): Beginning; dispose(): void };

/** What the conversation on screen sets for its answers. */
export function createSetupStore(client: Client): SetupStore {
  let unfollow = (): void => {};
  const follow = (conversationId: string): void => {
    unfollow = subscribe(
      (signal) => client.setups.watch({ conversationId }, { signal }),
      (setup) => {
        if (store.getState().conversationId === conversationId) store.setState({ setup });
      },
      // The conversation itself says in the window's middle that it is gone.
      { onError: () => {} },
    );
  };

  const store = createStore<SetupState>()((set, get) => ({
    conversationId: null,
    setup: emptySetup,
    folderId: null,
    open(conversationId) {
      if (get().conversationId === conversationId) return;
      unfollow();
      unfollow = (): void => {};
      set({ conversationId, setup: emptySetup, folderId: null });
      if (conversationId !== null) follow(conversationId);
    },
    begun(conversationId) {
      if (get().conversationId !== null) return;
      set({ conversationId, folderId: null });
      // What was set is known; the first word, which somebody waits for, comes sooner.
      const timer = setTimeout(() => follow(conversationId), calmMs);
      unfollow = () => clearTimeout(timer);
    },
    async change(setup) {
      const { conversationId, setup: before } = get();
      set({ setup });
      if (conversationId === null) return;
      try {
        await client.setups.set({ conversationId, setup });
      } catch (error) {
        if (get().conversationId === conversationId) set({ setup: before });
        throw error;
      }
    },
    beginIn: (folderId) => set({ folderId }),
  }));

  return {
    ...store,
    beginning() {
      const { setup, folderId } = store.getState();
      return {
        ...(isUnset(setup) ? {} : { setup }),
        ...(folderId === null ? {} : { folderId }),
      };
    },
    dispose: () => unfollow(),
  };
}
