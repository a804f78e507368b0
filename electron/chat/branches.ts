import type { Clock } from '../ports.ts';
import type { Store } from '../store/store.ts';
import type { Announcer } from './announcer.ts';
import { badInput } from './bad-input.ts';
import type { Chat } from './chat.ts';
import { messageNotFound, type Reader } from './reader.ts';
import type { Turns } from './turns.ts';

interface Services {
  readonly store: Store;
  readonly reader: Reader;
  readonly turns: Turns;
  readonly announcer: Announcer;
  readonly binClock: Clock;
}

/** Moving between the versions of a conversation, and hiding parts of it. */
export function createBranches(services: Services): Pick<Chat, 'selectVersion' | 'removeMessage' | 'restoreMessage'> {
  const { store, reader, turns, announcer, binClock } = services;

  const show = (conversationId: string, headId: string | null): void => {
    store.conversations.update(conversationId, { headId });
  };

  /** What takes the place of a removed message: its neighbour among the versions, or what it answered. */
  const headWithout = (messageId: string, parentId: string | null): string | null => {
    const versions = store.messages.versions(messageId);
    const at = versions.indexOf(messageId);
    const neighbour = versions[at - 1] ?? versions[at + 1];
    return neighbour === undefined ? parentId : store.messages.newestEnd(neighbour);
  };

  return {
    selectVersion(messageId, index) {
      const { conversationId } = reader.message(messageId);
      turns.requireIdle(conversationId);
      const version = store.messages.versions(messageId)[index];
      if (version === undefined) throw badInput('index', 'There is no such version of this message.');
      show(conversationId, store.messages.newestEnd(version));
      announcer.branch(conversationId);
    },

    removeMessage(messageId) {
      const { conversationId, parentId } = reader.message(messageId);
      turns.requireIdle(conversationId);
      const { headId } = reader.record(conversationId);
      const isShown = headId !== null && store.messages.isOnBranch(messageId, headId);
      store.transaction(() => {
        if (isShown) show(conversationId, headWithout(messageId, parentId));
        store.messages.remove(messageId, binClock.now(), isShown ? headId : null);
      });
      announcer.branch(conversationId);
    },

    restoreMessage(messageId) {
      const conversationId = store.transaction(() => {
        const restored = store.messages.restore(messageId);
        if (restored === undefined) throw messageNotFound(messageId);
        reader.record(restored.conversationId);
        turns.requireIdle(restored.conversationId);
        // What an import brought behind it meanwhile has come back with it.
        if (restored.headId !== null) show(restored.conversationId, store.messages.newestEnd(restored.headId));
        return restored.conversationId;
      });
      announcer.branch(conversationId);
    },
  };
}
