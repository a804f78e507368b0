import type {
  ArchivedConversation,
  ArchivedFolder,
  ArchivedMessage,
  ArchivedPreset,
} from '../../shared/contract/archive.ts';
import type { NewDocument } from './document-store.ts';

export type ArchivedHead = Omit<ArchivedConversation, 'messages'>;

/** What came of one conversation that was to be added. */
export type Staged =
  | { readonly kind: 'added'; readonly messages: number }
  /** It was there; messages it did not have are added. */
  | { readonly kind: 'extended'; readonly messages: number }
  | { readonly kind: 'known' }
  /** It was there and was deleted; it is left in the bin. */
  | { readonly kind: 'inBin' };

/** Conversations on their way out and in, a little at a time. */
export interface StoredArchive {
  /** Those that are not deleted, in the order in which they were stored; `after` is the `position` of the last one. */
  conversations(after: number, limit: number): { readonly position: number; readonly conversation: ArchivedHead }[];
  find(conversationId: string): ArchivedHead | undefined;
  /** In the order in which they were made; `after` is the `position` of the last one. */
  messages(
    conversationId: string,
    after: number,
    limit: number,
  ): { readonly position: number; readonly message: ArchivedMessage }[];
  count(): number;
  /**
   * Stores a conversation so that nobody sees it before `commit`, a little with each step. Parents come before what
   * follows them.
   */
  stage(conversation: ArchivedConversation): Generator<void, Staged>;
  /** Gives up what was staged of one conversation. */
  unstage(conversationId: string): void;
  /** One that is there already stays as it is, like everything that is staged. */
  stageFolder(folder: ArchivedFolder, atMs: number): void;
  stagePreset(preset: ArchivedPreset, atMs: number): void;
  stageDocument(document: NewDocument): void;
  /** Gives up what an earlier import that did not end has left; to be called before anything is staged. */
  condemnStaged(): void;
  /** Shows everything staged, all of it or nothing. */
  commit(): void;
  /** Whether something staged is left, by an import that did not end. */
  hasStaged(): boolean;
}
