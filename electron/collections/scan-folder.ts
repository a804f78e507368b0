import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';

import type { Documents } from '../documents/documents.ts';
import type { StoredWatches, WatchedFile } from '../store/watched-files.ts';
import { planChanges } from './plan-changes.ts';
import { walkFolder } from './walk-folder.ts';

export interface ScanRequest {
  readonly collectionId: string;
  readonly root: string;
  /** Places in the folder to look at with all that is below; empty is the whole folder. */
  readonly scopes: readonly string[];
  readonly signal: AbortSignal;
  readonly onFolder: (folder: string) => void;
  /** How many files were found so far. */
  readonly onFound: (files: number) => void;
  /** Whether the folder is still the one it was; asked before anything is taken out. */
  readonly isStillThere: (found: number) => Promise<boolean>;
}

export interface ScanResult {
  /** False: it vanished meanwhile, and nothing was taken out. */
  readonly complete: boolean;
  readonly closedFolders: number;
  readonly tooMany: boolean;
}

/** More files are not followed. */
const watchedFilesLimit = 100_000;
/** Rows that are looked at in one turn when looking for what has gone. */
const rowsAtOnce = 200;
/** Files taken out in one turn; each takes its passages along. */
const removalsAtOnce = 4;

/**
 * Brings what is known of a folder up to date with what is in it. New and changed files are put down to be read, and
 * what is gone is taken out; nothing is read here. What is held meanwhile is one number for each file.
 */
export async function scanFolder(
  watches: StoredWatches,
  documents: Pick<Documents, 'rename'>,
  request: ScanRequest,
): Promise<ScanResult> {
  const { collectionId, root, scopes, signal, onFound } = request;
  const seen = new Set<number>();
  const closed = new Set<string>();
  let left = Math.max(0, watchedFilesLimit - watches.counts(collectionId).files);
  let found = 0;
  let tooMany = false;
  const onClosed = (place: string): void => void closed.add(place);

  for (const scope of scopes) {
    for await (const batch of walkFolder(root, scope, { signal, onFolder: request.onFolder, onClosed })) {
      found += batch.length;
      const before = watches.at(
        collectionId,
        batch.map((file) => file.path),
      );
      const { add, change } = planChanges(before, batch);
      const added = add.slice(0, left);
      left -= added.length;
      tooMany ||= added.length < add.length;
      for (const { rowId } of before) seen.add(rowId);
      for (const rowId of watches.await(collectionId, [...added, ...change])) seen.add(rowId);
      onFound(found);
      await nextTurn();
      signal.throwIfAborted();
    }
  }
  const result = { closedFolders: closed.size, tooMany };
  if (!(await request.isStillThere(found))) return { ...result, complete: false };

  const isClosed = (place: string): boolean =>
    closed.has('') || [...closed].some((folder) => place === folder || place.startsWith(`${folder}/`));
  for (const scope of scopes) {
    let rows: WatchedFile[] = [];
    for (let after = 0; ; after = rows.at(-1)?.rowId ?? 0) {
      rows = watches.under(collectionId, scope, after, rowsAtOnce);
      if (rows.length === 0) break;
      const missing = rows.filter((file) => !seen.has(file.rowId) && !isClosed(file.path));
      await takeOut(watches, documents, { collectionId, missing, signal });
      await nextTurn();
      signal.throwIfAborted();
    }
  }
  return { ...result, complete: true };
}

async function takeOut(
  watches: StoredWatches,
  documents: Pick<Documents, 'rename'>,
  request: { readonly collectionId: string; readonly missing: readonly WatchedFile[]; readonly signal: AbortSignal },
): Promise<void> {
  const { collectionId, missing, signal } = request;
  const missingRows = new Set(missing.map(({ rowId }) => rowId));
  // One that went before it was read waits to this day, and has not arrived where it was.
  const arrived = watches
    .waitingWithIds(
      collectionId,
      missing.map(({ fileId }) => fileId),
    )
    .filter(({ rowId }) => !missingRows.has(rowId));
  const rows = new Map(arrived.map((file) => [file.path, file]));
  const { move, remove } = planChanges(missing, arrived);
  const gone = [...remove];
  for (const { from, to } of move) {
    const target = rows.get(to.path);
    const name = path.posix.basename(to.path);
    const renamed = name !== path.posix.basename(from.path);
    // Somebody else knows the document by its name.
    if (target === undefined || (renamed && watches.sharers(from) > 0)) {
      gone.push(from);
      continue;
    }
    watches.move(from, target);
    if (renamed && from.documentId !== null) {
      documents.rename(from.documentId, name);
      await nextTurn();
      signal.throwIfAborted();
    }
  }
  for (let from = 0; from < gone.length; from += removalsAtOnce) {
    watches.remove(gone.slice(from, from + removalsAtOnce));
    await nextTurn();
    signal.throwIfAborted();
  }
}
