import type { DocumentRecord } from './document-store.ts';

/** Named sets of documents. Every call is synchronous. */
export interface StoredCollections {
  /** By name, without removed ones. */
  all(): CollectionRecord[];
  /** Undefined for unknown and removed ones. */
  find(collectionId: string): CollectionRecord | undefined;
  insert(collection: { readonly id: string; readonly name: string }, atMs: number): void;
  rename(collectionId: string, name: string): void;
  /** False when there is no such collection. */
  remove(collectionId: string, atMs: number): boolean;
  restore(collectionId: string): boolean;
  /** Unknown documents and those that are in it already are passed over; removed ones come back. */
  add(collectionId: string, documentIds: readonly string[], atMs: number): void;
  /** What is in no message and no other collection then goes to the bin. */
  take(collectionId: string, documentIds: readonly string[], atMs: number): void;
  /** A stretch of the documents of a collection, or of all there are for null. */
  page(request: DocumentListRequest): { readonly documents: ListedDocument[]; readonly total: number };
  /** Deletes a little of what is out of reach; answers how many rows, 0 when nothing is left. */
  sweep(): number;
}

export interface CollectionRecord {
  readonly id: string;
  readonly name: string;
  /** Without removed ones. */
  readonly documents: number;
}

export interface DocumentListRequest {
  readonly collectionId: string | null;
  /** Part of the name; empty for all. */
  readonly query: string;
  readonly sort: 'name' | 'added' | 'size';
  readonly descending: boolean;
  readonly offset: number;
  readonly limit: number;
}

export interface ListedDocument {
  readonly document: DocumentRecord;
  /** Where it lies in the folder that the collection follows; null for one that was dropped. */
  readonly path: string | null;
}
