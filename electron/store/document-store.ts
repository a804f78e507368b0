/** Documents that a person has given, cut into passages that can be found. Every call is synchronous. */
export interface DocumentStore extends DocumentWriting {
  /** In one piece, for documents of a few hundred passages at most. */
  insert(document: NewDocument): void;
  /** Gives it another name; `words` are what its passages are found by from now on, in their order. */
  rename(documentId: string, name: string, words: readonly (readonly string[])[]): void;
  /** Undefined for unknown and removed ones. */
  find(documentId: string): DocumentRecord | undefined;
  /** The newest with the same content and name that is not removed. */
  findContent(sha256: string, name: string): DocumentRecord | undefined;
  /** The digest of every file there is a document of, also of removed ones, each once. */
  contents(): string[];
  /** Newest first. */
  list(limit: number): DocumentRecord[];
  /** All of a document's passages, in their order. */
  passages(documentId: string): PassageRecord[];
  /** Passages by their place in the document; those that do not exist are left out. */
  passagesAt(documentId: string, seqs: readonly number[]): PassageRecord[];
  /**
   * Passages of the given documents, and of all in the given collections, that hold any of the words, best first by
   * BM25. A word is matched whole, English ones whatever their ending.
   */
  search(
    documentIds: readonly string[],
    words: readonly string[],
    limit: number,
    collectionIds?: readonly string[],
  ): FoundPassage[];
  /** Ids of documents in any of the collections, each once, without removed ones. */
  inCollections(collectionIds: readonly string[], limit: number): string[];
  /** What a message was sent with, in the order it was given. */
  attach(messageId: string, documentIds: readonly string[]): void;
  /** What messages of a conversation were sent with, in the order of the messages, without removed documents. */
  ofConversation(conversationId: string): { readonly messageId: string; readonly documentId: string }[];
  /** False when there is no such document. */
  remove(documentId: string, atMs: number): boolean;
  restore(documentId: string): boolean;
  /** Deletes for good what was removed before the given time. */
  purge(removedBeforeMs: number): number;
  /** The same for what was made before the given time, went with no message and is in no collection. */
  purgeUnsent(createdBeforeMs: number): number;
}

/**
 * Writing a document in steps, each of them short. It is there for others once it is finished; what the end of the
 * process left unfinished is to be discarded at the next start.
 */
export interface DocumentWriting {
  begin(document: DocumentRecord): void;
  /** Passages from the place `from` on. */
  append(documentId: string, from: number, passages: readonly NewPassage[]): void;
  /** `report` takes the place of what it began with. */
  finish(documentId: string, report: string): void;
  /** Deletes at most `limit` passages of an unfinished document. True when nothing of it is left. */
  discard(documentId: string, limit: number): boolean;
  /** Ids of unfinished documents. */
  unfinished(): string[];
}

export interface DocumentRecord {
  readonly id: string;
  /** As the file was called; not a path. */
  readonly name: string;
  /** Of the file, in hexadecimal. */
  readonly sha256: string;
  readonly sizeBytes: number;
  /** Null when nobody could tell. */
  readonly format: string | null;
  /** BCP 47; null when it could not be told. */
  readonly language: string | null;
  /** What reading it found, as JSON. Whoever reads it parses it. */
  readonly report: string;
  /** By the bin's clock, like every time here: nothing is purged because a clock was set wrong. */
  readonly createdAt: number;
}

export interface NewDocument extends DocumentRecord {
  readonly passages: readonly NewPassage[];
}

export interface NewPassage {
  /** From 1. */
  readonly page: number;
  /** Titles it stands under, outermost first, joined by ` › `; empty for none. */
  readonly heading: string;
  readonly text: string;
  /** Where on its pages it stands, as JSON. */
  readonly places: string;
  /** What it is found by. */
  readonly words: readonly string[];
}

export interface PassageRecord extends Omit<NewPassage, 'words'> {
  readonly documentId: string;
  /** From 0. */
  readonly seq: number;
}

export interface FoundPassage extends PassageRecord {
  /** BM25; higher fits better. */
  readonly score: number;
}
