import type { Conversation, ConversationsEvent, Message, SearchHit, ThreadEvent } from '../../shared/contract/index.ts';

export interface Reply {
  readonly conversationId: string;
  readonly replyId: string;
}

/**
 * Conversations and the turns in them. Nothing is shown that is not stored: every event of a watch describes what the
 * database already holds. The meaning of each call is written in shared/contract/chat.ts.
 */
export interface Chat extends AsyncDisposable {
  watchConversations(signal: AbortSignal): AsyncIterable<ConversationsEvent>;
  list(before: string | null, limit: number): { conversations: Conversation[]; total: number };
  /** @throws CONVERSATION_NOT_FOUND */
  watchThread(conversationId: string, signal: AbortSignal): AsyncIterable<ThreadEvent>;
  earlier(beforeMessageId: string, limit: number): { messages: Message[]; hasEarlier: boolean };
  create(title: string | null): Conversation;
  rename(conversationId: string, title: string): Conversation;
  pin(conversationId: string, pinned: boolean): Conversation;
  remove(conversationId: string): void;
  restore(conversationId: string): Conversation;
  /** @throws TURN_RUNNING, MESSAGE_TOO_LONG, CONVERSATION_NOT_FOUND, MODEL_NOT_FOUND, NO_MODEL, DISK_FULL */
  send(request: {
    requestId: string;
    conversationId: string | null;
    text: string;
    modelId: string | null;
  }): Reply & { messageId: string };
  stop(conversationId: string): boolean;
  regenerate(messageId: string, modelId: string | null): Reply;
  continueReply(messageId: string): Reply;
  edit(request: {
    requestId: string;
    messageId: string;
    text: string;
    modelId: string | null;
  }): Reply & { messageId: string };
  selectVersion(messageId: string, index: number): void;
  removeMessage(messageId: string): void;
  restoreMessage(messageId: string): void;
  search(query: string, limit: number): SearchHit[];
}
