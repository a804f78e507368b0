import type {
  DocumentTask,
  BinKind,
  Fact,
  Message,
  MessageState,
  ReplyStats,
  StoredError,
  TurnProgress,
} from '../../shared/contract/index.ts';
import type { DocumentStore } from './document-store.ts';
import type { StoredSources } from './answer-sources.ts';
import type { VectorStore } from './vector-store.ts';
import type { StoredArchive } from './archived.ts';
import type { StoredCollections } from './collections.ts';
import type { StoredFolders } from './folders.ts';
import type { StoredPresets, StoredSetups } from './setups.ts';
import type { StoredWatches } from './watched-files.ts';

/** What the person's database holds. Every call is synchronous; errors are those of sqlite-errors.ts. */
export interface Store {
  readonly conversations: StoredConversations;
  readonly messages: StoredMessages;
  readonly journal: Journal;
  readonly search: TextSearch;
  readonly folders: StoredFolders;
  readonly setups: StoredSetups;
  readonly presets: StoredPresets;
  readonly branchSearch: BranchSearch;
  readonly summaries: StoredSummaries;
  readonly documents: DocumentStore;
  readonly sources: StoredSources;
  readonly taskResults: TaskResults;
  readonly vectors: VectorStore;
  readonly collections: StoredCollections;
  readonly watches: StoredWatches;
  readonly bin: StoredBin;
  readonly archive: StoredArchive;
  /** All or nothing. */
  transaction<T>(work: () => T): T;
}

/** Why a copy of the database was made; `update`: before a migration, `restore`: what was there before a restore. */
export type SnapshotReason = 'daily' | 'update' | 'restore' | 'person';

export interface SnapshotRecord {
  readonly id: string;
  /** Order in which they were made; unlike `madeAtMs` it does not depend on the clock. */
  readonly sequence: number;
  readonly madeAtMs: number;
  readonly reason: SnapshotReason;
  /** Whether it was read from end to end and found intact. */
  readonly checked: boolean;
  readonly sizeBytes: number;
}

/** Whole copies of the database. Errors are those of sqlite-errors.ts. */
export interface SnapshotFiles {
  /** The newest first. */
  list(): SnapshotRecord[];
  /** Answers the id of the new one. */
  take(reason: SnapshotReason, signal: AbortSignal): Promise<string>;
  /** Reads one from end to end; answers what is wrong with it in SQLite's words. @throws SNAPSHOT_NOT_FOUND */
  check(id: string, signal: AbortSignal): Promise<string[]>;
  /** Deletes those that are not kept any longer. */
  prune(): void;
  /**
   * Puts one in the place of the database, which is itself kept as a snapshot. `requireQuiet` is called in the last
   * moment before and may throw. @throws SNAPSHOT_NOT_FOUND, SNAPSHOT_UNUSABLE
   */
  restore(id: string, requireQuiet: () => void, signal: AbortSignal): Promise<void>;
}

export interface ConversationRecord {
  readonly id: string;
  readonly title: string;
  /** `none`: there is no title yet. `message`: taken from the first message. `person`: given by the person. */
  readonly titleSource: 'none' | 'message' | 'person';
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly pinned: boolean;
  /** The last message of the branch on screen. */
  readonly headId: string | null;
  readonly modelId: string | null;
  /** Left out for none. May be that of a removed folder. */
  readonly folderId?: string | null;
}

export interface StoredConversations {
  insert(conversation: ConversationRecord): void;
  /** Undefined for unknown and removed ones. */
  find(conversationId: string): ConversationRecord | undefined;
  /** Newest first. `before` may be removed but must exist; otherwise undefined. */
  page(before: string | null, limit: number): ConversationRecord[] | undefined;
  pinned(limit: number): ConversationRecord[];
  /** Those in a folder, newest first. */
  inFolder(folderId: string, limit: number): ConversationRecord[];
  count(): number;
  update(conversationId: string, change: ConversationChange): void;
  /** False when there is no such conversation. */
  remove(conversationId: string, atMs: number): boolean;
  restore(conversationId: string): boolean;
}

export type ConversationChange = Partial<Omit<ConversationRecord, 'id' | 'createdAt'>>;

export interface NewMessage {
  readonly id: string;
  readonly conversationId: string;
  readonly parentId: string | null;
  readonly role: 'user' | 'assistant';
  readonly text: string;
  readonly state: MessageState;
  readonly createdAt: number;
  readonly model: Message['model'];
  readonly requestId: string | null;
  readonly task?: DocumentTask;
}

/** Small things worth knowing at the next start, as JSON. Whoever reads one parses it. */
export interface Notes {
  /** Undefined when nothing was written under this name, or nothing that can be read. */
  read(name: string): unknown;
  write(name: string, value: unknown): void;
}

/** How a reply ended. */
export interface Outcome {
  readonly state: Exclude<MessageState, 'running'>;
  readonly error: StoredError | null;
  readonly stats: ReplyStats | null;
}

export interface BranchMessage {
  readonly id: string;
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

/** What is needed to know a message's place and size. */
export interface OutlinedMessage extends BranchMessage {
  readonly parentId: string | null;
  readonly state: MessageState;
}

export interface MessageContent {
  readonly role: 'user' | 'assistant';
  readonly text: string;
  readonly createdAt: number;
}

export interface StoredMessages {
  insert(message: NewMessage): void;
  /** Undefined for unknown and removed ones. The text of a running reply holds everything journalled. */
  find(messageId: string): Message | undefined;
  /** The newest `limit` messages on the way from `headId` to the first one, oldest first. */
  branch(headId: string, limit: number): { messages: Message[]; hasEarlier: boolean };
  /** All of that way, oldest first, with what a model needs. */
  wholeBranch(headId: string): BranchMessage[];
  /** The same way, newest first, at most `limit` messages of it. */
  ancestors(headId: string, limit: number): OutlinedMessage[];
  /** The ids of all of that way. */
  ancestorIds(headId: string): string[];
  /** Those that are there, by id; a running reply's words as far as they were journalled. */
  contents(messageIds: readonly string[]): Map<string, MessageContent>;
  /** What a request that was already carried out made. */
  findRequest(requestId: string): { conversationId: string; messageId: string; replyId: string } | undefined;
  /** The versions of a message, itself among them, oldest first. */
  versions(messageId: string): string[];
  /** The end of the newest branch that goes through a message; itself when nothing follows. */
  newestEnd(messageId: string): string;
  hasFollowUp(messageId: string): boolean;
  /** Whether a message lies on the way from `headId` to the first one. */
  isOnBranch(messageId: string, headId: string): boolean;
  /** How many messages follow it on that way; undefined when it is not on it. */
  distance(messageId: string, headId: string): number | undefined;
  /** Hides a message and what follows it; `headId` is kept for `restore`. */
  remove(messageId: string, atMs: number, headId: string | null): void;
  /** Undefined when there is no such removed message; otherwise its conversation and what `remove` was given. */
  restore(messageId: string): { conversationId: string; headId: string | null } | undefined;
}

/** Something that was deleted and can come back; a message only of a conversation that is still there. */
export interface BinRecord {
  readonly kind: BinKind;
  readonly id: string;
  /** Of a message; empty for everything else. */
  readonly conversationId: string;
  /** Title of the conversation, or the name. */
  readonly title: string;
  /** Beginning of a message; empty for everything else. */
  readonly text: string;
  readonly role: 'user' | 'assistant';
  /** How many messages come back with it, or conversations with a folder. */
  readonly contained: number;
  readonly removedAtMs: number;
}

export interface StoredBin {
  /** The latest deleted first. */
  list(before: { readonly removedAtMs: number; readonly id: string } | null, limit: number): BinRecord[];
  counts(): Record<BinKind, number>;
  /** Takes one entry out of reach for good; false when it is not in the bin. */
  condemn(id: string): boolean;
  /** The same for all that was deleted before a time; answers how many rows. */
  condemnOlder(beforeMs: number): number;
  /** What seems to have been deleted in the future counts as deleted now. */
  clampFuture(nowMs: number): void;
  /** Deletes some rows that were condemned, and what an import left unfinished; answers how many, 0 when none is left. */
  sweep(): number;
}

/**
 * The words of running replies, stored piece by piece as they come. Until `finish` folds them into the message they
 * are part of its text for everyone who reads it.
 */
export interface Journal {
  /** `part` is `text` when it is left out. */
  append(messageId: string, seq: number, text: string, part?: 'text' | 'thought'): void;
  /** What a running reply does from now on; until the first call it is starting. Kept if it is interrupted. */
  enter(messageId: string, progress: TurnProgress): void;
  /** How long the reply has been thought about. */
  thoughtFor(messageId: string, durationMs: number): void;
  /** Ends a reply. When only the text cannot be moved for lack of space, the outcome is stored and the journal stays. */
  finish(messageId: string, outcome: Outcome): void;
  /** Makes an ended reply run again. */
  reopen(messageId: string, model: NonNullable<Message['model']>): void;
  /** After a start: ends as `interrupted` what was running, folds what is left. Answers how many were running. */
  recover(): number;
}

export interface TextSearch {
  /** Conversations whose titles contain all the words, the last changed first. */
  titles(words: readonly string[], limit: number, filter?: SearchFilter): ConversationRecord[];
  /**
   * Messages that contain all the words, newest first, until there are `limit` or enough texts were compared. `next`
   * is what to give as `before` to go on; null at the end.
   */
  messages(request: MessageSearch): { found: FoundMessage[]; next: number | null };
  /** Messages that were sent with a file whose name holds all the words and the filter's parts, newest first. */
  files(words: readonly string[], limit: number, filter?: SearchFilter): FoundFile[];
}

export interface MessageSearch {
  readonly words: readonly string[];
  readonly limit: number;
  readonly before?: number | null;
  readonly filter?: SearchFilter;
}

/** Times are milliseconds since 1970; `untilMs` itself is no longer in. */
export interface SearchFilter {
  readonly modelId?: string | undefined;
  /** Only conversations in which a file was sent whose name holds all of these. */
  readonly fileParts?: readonly string[] | undefined;
  readonly fromMs?: number | undefined;
  readonly untilMs?: number | undefined;
}

export interface FoundMessage {
  readonly message: BranchMessage;
  readonly createdAt: number;
  readonly conversation: ConversationRecord;
}

export interface FoundFile extends FoundMessage {
  readonly fileName: string;
}

export interface BranchSearch {
  /**
   * Messages of a conversation, on whichever branch, that contain any of the words, the most telling ones first.
   * `words` have three characters or more, `pairs` two; both are looked for inside longer words as well.
   */
  candidates(
    conversationId: string,
    query: { readonly words: readonly string[]; readonly pairs: readonly string[]; readonly limit: number },
  ): string[];
}

/** See `Summary` in the contract. */
export interface StoredSummary {
  readonly id: string;
  readonly conversationId: string;
  readonly level: number;
  readonly firstMessageId: string;
  readonly lastMessageId: string;
  readonly messageCount: number;
  /** What the messages would take in a prompt, estimated. */
  readonly sourceTokens: number;
  readonly text: string;
  readonly facts: readonly Fact[];
  readonly origin: 'model' | 'sentences' | 'paste';
  /** The model has read it ahead, or has been given it already. */
  readonly ready: boolean;
  readonly createdAt: number;
}

/** What models wrote about pieces of documents, by everything they were asked. It goes with the documents. */
export interface TaskResults {
  find(key: string): string | undefined;
  /** Documents that are gone by now take it with them at once. */
  keep(key: string, text: string, documentIds: readonly string[], atMs: number): void;
}

export interface StoredSummaries {
  /** All of a conversation, of whichever branch, oldest first. */
  of(conversationId: string): StoredSummary[];
  insert(summary: StoredSummary): void;
  markReady(ids: readonly string[]): void;
  /** The first message that a title was asked for; undefined when it never was. */
  titleTriedFrom(conversationId: string): string | undefined;
  noteTitleTried(conversationId: string, messageId: string): void;
}
