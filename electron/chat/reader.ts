import type { Conversation, ConversationsEvent, Message, ThreadEvent } from '../../shared/contract/index.ts';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { ConversationRecord, Store } from '../store/store.ts';
import type { Outcomes } from './outcomes.ts';
import type { Turns } from './turns.ts';

/** What is stored, in the form it is shown in. */
export interface Reader {
  /** @throws CONVERSATION_NOT_FOUND, also for a removed one */
  record(conversationId: string): ConversationRecord;
  conversation(record: ConversationRecord): Conversation;
  /** @throws MESSAGE_NOT_FOUND, also for a removed one and for one of a removed conversation */
  message(messageId: string): Message;
  branch(headId: string | null, limit: number): { messages: Message[]; hasEarlier: boolean };
  list(before: string | null, limit: number): { conversations: Conversation[]; total: number };
  listEvents(): ConversationsEvent[];
  threadEvents(conversationId: string): ThreadEvent[];
}

const listLength = 200;
const pinnedLimit = 500;
/** Of one folder, and of all of them; the rest comes with the pages of the list. */
const folderLimit = 200;
const filedLimit = 1_000;
const snapshotMessages = 60;

export function createReader(store: Store, turns: Turns, outcomes: Outcomes): Reader {
  const conversation = (record: ConversationRecord): Conversation => {
    const { id, title, createdAt, updatedAt, pinned, modelId, folderId } = record;
    const folder = typeof folderId === 'string' ? { folderId } : {};
    return { id, title, createdAt, updatedAt, pinned, modelId, ...folder, running: turns.isRunning(id) };
  };

  const present = (stored: Message): Message => {
    const message = outcomes.present(stored);
    // Its end could not be stored, not even at the last start: nobody is writing it.
    const isOrphan = message.state === 'running' && turns.replyOf(message.conversationId) !== message.id;
    return isOrphan ? { ...message, state: 'interrupted' } : message;
  };

  const branch: Reader['branch'] = (headId, limit) => {
    if (headId === null) return { messages: [], hasEarlier: false };
    const { messages, hasEarlier } = store.messages.branch(headId, limit);
    return { messages: messages.map(present), hasEarlier };
  };

  const list: Reader['list'] = (before, limit) => {
    const page = store.conversations.page(before, limit);
    if (page === undefined) throw conversationNotFound(before ?? '');
    return { conversations: page.map(conversation), total: store.conversations.count() };
  };

  return {
    record(conversationId) {
      const record = store.conversations.find(conversationId);
      if (record === undefined) throw conversationNotFound(conversationId);
      return record;
    },
    conversation,
    message(messageId) {
      const message = store.messages.find(messageId);
      if (message === undefined || store.conversations.find(message.conversationId) === undefined) {
        throw messageNotFound(messageId);
      }
      return present(message);
    },
    branch,
    list,
    listEvents() {
      const { conversations, total } = list(null, listLength);
      const shown = new Set(conversations.map(({ id }) => id));
      // Pinned ones and those in folders have a place of their own however old they are; they come as changes, so that
      // the snapshot stays what paging goes on from.
      const placed = store.conversations.pinned(pinnedLimit);
      let room = filedLimit;
      for (const { id } of store.folders.all()) {
        const filed = store.conversations.inFolder(id, Math.min(room, folderLimit));
        placed.push(...filed);
        room -= filed.length;
      }
      const older = new Map(placed.filter(({ id }) => !shown.has(id)).map((record) => [record.id, record]));
      return [
        { type: 'snapshot', conversations, total },
        ...[...older.values()].map((record) => ({ type: 'upserted' as const, conversation: conversation(record) })),
      ];
    },
    threadEvents(conversationId) {
      const record = store.conversations.find(conversationId);
      if (record === undefined) return [{ type: 'removed' }];
      const newest = branch(record.headId, snapshotMessages);
      const progress = turns.progressOf(conversationId);
      return [{ type: 'snapshot', conversation: conversation(record), ...newest, progress }];
    },
  };
}

export function conversationNotFound(conversationId: string): ClawdbotError {
  return new ClawdbotError(
    'CONVERSATION_NOT_FOUND',
    'This conversation does not exist any more. Choose another one, or begin a new one.',
    { conversationId },
  );
}

export function messageNotFound(messageId: string): ClawdbotError {
  return new ClawdbotError(
    'MESSAGE_NOT_FOUND',
    'This message does not exist any more. Open the conversation again to see what is there.',
    { messageId },
  );
}
