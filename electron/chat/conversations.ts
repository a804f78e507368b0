import { titleLimitChars } from '../../shared/contract/chat.ts';
import type { Conversation } from '../../shared/contract/index.ts';
import type { Clock } from '../ports.ts';
import type { ConversationChange, Store } from '../store/store.ts';
import type { Announcer } from './announcer.ts';
import type { Chat } from './chat.ts';
import { parseName } from './parse-name.ts';
import { conversationNotFound, type Reader } from './reader.ts';
import { newConversation } from './replies.ts';
import type { Turns } from './turns.ts';

interface Services {
  readonly store: Store;
  readonly reader: Reader;
  readonly turns: Turns;
  readonly announcer: Announcer;
  readonly clock: Clock;
  readonly binClock: Clock;
  readonly newId: () => string;
  readonly onRemoved?: ((conversationId: string) => void) | undefined;
}

type ConversationCalls = Pick<Chat, 'list' | 'create' | 'rename' | 'suggestTitle' | 'pin' | 'remove' | 'restore'>;

export function createConversations(services: Services): ConversationCalls {
  const { store, reader, turns, announcer, clock, binClock, newId } = services;

  const announced = (conversationId: string): Conversation => {
    announcer.conversation(conversationId);
    return reader.conversation(reader.record(conversationId));
  };
  const change = (conversationId: string, fields: ConversationChange): Conversation => {
    reader.record(conversationId);
    store.conversations.update(conversationId, fields);
    return announced(conversationId);
  };

  return {
    list: reader.list,
    create(title) {
      const conversation = newConversation(
        newId(),
        title === null ? null : parseName('title', title, titleLimitChars),
        clock.now(),
      );
      store.conversations.insert(conversation);
      return announced(conversation.id);
    },
    rename: (conversationId, title) =>
      change(conversationId, {
        title: parseName('title', title, titleLimitChars),
        titleSource: 'person',
        updatedAt: clock.now(),
      }),
    suggestTitle(conversationId, title) {
      const conversation = store.conversations.find(conversationId);
      if (conversation === undefined || conversation.titleSource === 'person') return;
      change(conversationId, { title: parseName('title', title, titleLimitChars), titleSource: 'message' });
    },
    pin: (conversationId, pinned) => change(conversationId, { pinned }),
    remove(conversationId) {
      turns.stop(conversationId);
      if (!store.conversations.remove(conversationId, binClock.now())) throw conversationNotFound(conversationId);
      services.onRemoved?.(conversationId);
      announcer.conversationRemoved(conversationId);
    },
    restore(conversationId) {
      // Not an error when it is there: two windows may both offer to undo.
      if (store.conversations.restore(conversationId)) announcer.branch(conversationId);
      return announced(conversationId);
    },
  };
}
