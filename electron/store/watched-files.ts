/** Folders on the disk that collections follow, and what is known of their files. Every call is synchronous. */
export interface StoredWatches {
  /** Those of collections that are not removed. */
  folders(): WatchedFolderRecord[];
  folder(collectionId: string): WatchedFolderRecord | undefined;
  insertFolder(collectionId: string, path: string): void;
  updateFolder(collectionId: string, change: WatchedFolderChange): void;
  /** Files of these paths that are known. */
  at(collectionId: string, paths: readonly string[]): WatchedFile[];
  /** Files that are `scope` or lie in it, by `rowId` from after the given one; an empty scope is the whole folder. */
  under(collectionId: string, scope: string, afterRowId: number, limit: number): WatchedFile[];
  /** Files to be read that have one of these ids. */
  waitingWithIds(collectionId: string, fileIds: readonly string[]): WatchedFile[];
  /** They are to be read; what was read of them before stays until then. Answers their `rowId`s, in the same order. */
  await(collectionId: string, files: readonly FoundFile[]): number[];
  /** A file that only has another path: what was read of `from` is that of `to` from now on, and `from` is gone. */
  move(from: WatchedFile, to: WatchedFile): void;
  /** What came of reading a file, if it still is the one that was read. */
  settle(file: WatchedFile, outcome: ReadOutcome, atMs: number): void;
  /** Takes files out, with what was read of them where nothing else needs it. */
  remove(files: readonly WatchedFile[]): void;
  /** The next to be read, in their order. */
  waiting(collectionId: string, limit: number): WatchedFile[];
  /** How many other files have the same document. */
  sharers(file: WatchedFile): number;
  /** Those that could not be read are to be tried again. */
  retryFailed(collectionId: string): void;
  counts(collectionId: string): { readonly files: number; readonly waiting: number; readonly failed: number };
  /** Files that gave nothing, by path, from after the given one. */
  failed(
    collectionId: string,
    afterPath: string,
    limit: number,
  ): { readonly path: string; readonly problem: string | null }[];
}

export interface WatchedFolderRecord {
  readonly collectionId: string;
  /** Absolute. */
  readonly path: string;
  readonly identity: string | null;
  readonly paused: boolean;
  readonly checkedAt: number | null;
}

export type WatchedFolderChange = Partial<Omit<WatchedFolderRecord, 'collectionId'>>;

/** A file as the file system shows it. */
export interface FoundFile {
  /** Within the folder, with `/` between its parts. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Whole milliseconds since 1970. */
  readonly modifiedMs: number;
  /** What the file system knows it by, whatever it is called. */
  readonly fileId: string;
}

export interface WatchedFile extends FoundFile {
  readonly rowId: number;
  readonly state: 'waiting' | 'read' | 'failed';
  /** Null before it was read, when nothing came of it, and when that was deleted for good. */
  readonly documentId: string | null;
  readonly sha256: string | null;
}

export type ReadOutcome =
  | { readonly state: 'read'; readonly documentId: string; readonly sha256: string }
  /** `problem` as JSON. */
  | { readonly state: 'failed'; readonly problem: string; readonly sha256: string | null };
