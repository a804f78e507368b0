import type {
  Conversation,
  ConversationsEvent,
  DocumentTask,
  Folder,
  Message,
  Preset,
  SearchFilter,
  SearchHit,
  ThreadEvent,
} from '../../shared/contract/index.ts';
import type { ConversationSetup, TurnSetup } from '../../shared/model/turn-setup.ts';

export interface SearchRequest {
  readonly query: string;
  readonly limit: number;
  readonly cursor: string | null;
  readonly filter: SearchFilter;
}

export interface SearchPage {
  readonly hits: SearchHit[];
  readonly next: string | null;
}

export interface ThreadMatches {
  readonly matches: { messageId: string; count: number }[];
  readonly total: number;
}

export interface Reply {
  readonly conversationId: string;
  readonly replyId: string;
}

/**
 * Conversations and the turns in them. Nothing is shown that is not stored: every event of a watch describes what the
 * database already holds. The meaning of each call is written in shared/contract/chat.ts.
 */
export interface Chat extends AsyncDisposable {
  readonly folders: Folders;
  readonly presets: Presets;
  readonly setups: Setups;
  watchConversations(signal: AbortSignal): AsyncIterable<ConversationsEvent>;
  list(before: string | null, limit: number): { conversations: Conversation[]; total: number };
  /** @throws CONVERSATION_NOT_FOUND */
  watchThread(conversationId: string, signal: AbortSignal): AsyncIterable<ThreadEvent>;
  earlier(beforeMessageId: string, limit: number): { messages: Message[]; hasEarlier: boolean };
  create(title: string | null): Conversation;
  rename(conversationId: string, title: string): Conversation;
  /** A title that nobody has written: taken only while there is none that a person gave. Its place in the list stays. */
  suggestTitle(conversationId: string, title: string): void;
  pin(conversationId: string, pinned: boolean): Conversation;
  remove(conversationId: string): void;
  restore(conversationId: string): Conversation;
  /** @throws TURN_RUNNING, MESSAGE_TOO_LONG, CONVERSATION_NOT_FOUND, MODEL_NOT_FOUND, NO_MODEL, DISK_FULL */
  send(request: {
    readonly documentIds?: readonly string[];
    /** What is to be done with the documents. */
    readonly task?: DocumentTask;
    requestId: string;
    conversationId: string | null;
    text: string;
    modelId: string | null;
    /** Both count only for a conversation that begins. */
    setup?: ConversationSetup;
    folderId?: string;
  }): Reply & { messageId: string };
  stop(conversationId: string): boolean;
  versions(messageId: string): Message[];
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
  search(request: SearchRequest): SearchPage;
  findInThread(conversationId: string, query: string): ThreadMatches;
  /** @throws MESSAGE_NOT_FOUND, TURN_RUNNING when another branch would have to be shown */
  reveal(messageId: string): { conversationId: string; below: number };
  /** A conversation in which an answer is being written; undefined when there is none. */
  runningConversation(): string | undefined;
  /** What is stored was exchanged as a whole: everyone who watches gets a new snapshot. */
  refresh(): void;
}

/** The meaning of each call is written in shared/contract/folders.ts. */
export interface Folders {
  watch(signal: AbortSignal): AsyncIterable<Folder[]>;
  create(name: string): Folder;
  /** @throws FOLDER_NOT_FOUND */
  rename(folderId: string, name: string): Folder;
  collapse(folderId: string, collapsed: boolean): Folder;
  remove(folderId: string): void;
  restore(folderId: string): Folder;
  /** @throws FOLDER_NOT_FOUND, CONVERSATION_NOT_FOUND */
  move(conversationId: string, folderId: string | null): Conversation;
}

/** The meaning of each call is written in shared/contract/setups.ts. */
export interface Presets {
  watch(signal: AbortSignal): AsyncIterable<Preset[]>;
  create(name: string, setup: TurnSetup): Preset;
  /** @throws PRESET_NOT_FOUND */
  update(presetId: string, name: string, setup: TurnSetup): Preset;
  remove(presetId: string): void;
  restore(presetId: string): Preset;
}

export interface Setups {
  /** @throws CONVERSATION_NOT_FOUND */
  watch(conversationId: string, signal: AbortSignal): AsyncIterable<ConversationSetup>;
  set(conversationId: string, setup: ConversationSetup): ConversationSetup;
}
