import type { Feeds } from './feeds.ts';
import type { Reader } from './reader.ts';

/** Tells the watchers what has just been stored, as it is stored. */
export interface Announcer {
  conversation(conversationId: string): void;
  messages(messageIds: readonly string[]): void;
  /** Another branch is on screen, or part of it is gone. */
  branch(conversationId: string): void;
  conversationRemoved(conversationId: string): void;
}

export function createAnnouncer(feeds: Feeds, reader: Reader, onBranch?: (conversationId: string) => void): Announcer {
  return {
    conversation(conversationId) {
      const conversation = reader.conversation(reader.record(conversationId));
      feeds.conversations({ type: 'upserted', conversation });
      feeds.thread(conversationId, { type: 'conversation', conversation });
    },
    messages(messageIds) {
      for (const id of messageIds) {
        const message = reader.message(id);
        feeds.thread(message.conversationId, { type: 'message', message });
      }
    },
    branch(conversationId) {
      feeds.refreshThread(conversationId);
      onBranch?.(conversationId);
    },
    conversationRemoved(conversationId) {
      feeds.conversations({ type: 'removed', conversationId });
      feeds.thread(conversationId, { type: 'removed' });
    },
  };
}
