import type { Collection, FolderProblem, ListedDocument } from '../../shared/contract/index.ts';
import type { DocumentListRequest } from '../store/collections.ts';

/** Named sets of documents, some of which follow folders. The meaning of each call is written in shared/contract/collections.ts. */
export interface Collections extends AsyncDisposable {
  watch(signal: AbortSignal): AsyncIterable<Collection[]>;
  create(name: string): Collection;
  /** @throws FOLDER_UNUSABLE */
  follow(path: string): Promise<Collection>;
  /** This and all that follow throw COLLECTION_NOT_FOUND. */
  rename(collectionId: string, name: string): Collection;
  remove(collectionId: string): void;
  restore(collectionId: string): Collection;
  addDocuments(collectionId: string, documentIds: readonly string[]): Collection;
  removeDocuments(collectionId: string, documentIds: readonly string[]): Collection;
  documents(request: DocumentListRequest): { documents: ListedDocument[]; total: number };
  problems(collectionId: string, after: string, limit: number): FolderProblem[];
  pause(collectionId: string, paused: boolean): Collection;
  rescan(collectionId: string): Collection;
  /** The database holds something else. */
  refresh(): void;
}
