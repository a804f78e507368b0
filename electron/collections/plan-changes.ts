import type { FoundFile } from '../store/watched-files.ts';

export interface FolderChanges<Known extends FoundFile> {
  /** Nothing is known of them. */
  readonly add: readonly FoundFile[];
  /** They were written since. */
  readonly change: readonly FoundFile[];
  /** The same file under another path. */
  readonly move: readonly { readonly from: Known; readonly to: FoundFile }[];
  /** They are not there any more. */
  readonly remove: readonly Known[];
  readonly same: readonly Known[];
}

/**
 * What became of the files that are known, given all that were found in their place. A file whose size and time of
 * writing are as before is taken to be as before; one that the file system knows by the same id, with both unchanged,
 * was only given another path. No path may stand twice in either list. Pure.
 */
export function planChanges<Known extends FoundFile>(
  before: readonly Known[],
  found: readonly FoundFile[],
): FolderChanges<Known> {
  const known = new Map(before.map((file) => [file.path, file]));
  const present = new Set(found.map(({ path }) => path));
  const missing = before.filter(({ path }) => !present.has(path));
  const byContent = new Map(missing.map((file) => [contentKey(file), file]));
  const add: FoundFile[] = [];
  const change: FoundFile[] = [];
  const same: Known[] = [];
  const move: { from: Known; to: FoundFile }[] = [];
  const moved = new Set<Known>();
  for (const file of found) {
    const old = known.get(file.path);
    if (old !== undefined) {
      if (isUnchanged(old, file)) same.push(old);
      else change.push(file);
      continue;
    }
    const from = byContent.get(contentKey(file));
    // Hard links have one id under several paths: only one of them can be where it went.
    if (from === undefined || moved.has(from)) add.push(file);
    else {
      moved.add(from);
      move.push({ from, to: file });
    }
  }
  return { add, change, move, remove: missing.filter((file) => !moved.has(file)), same };
}

function isUnchanged(old: FoundFile, now: FoundFile): boolean {
  return old.sizeBytes === now.sizeBytes && old.modifiedMs === now.modifiedMs;
}

function contentKey({ fileId, sizeBytes, modifiedMs }: FoundFile): string {
  return `${fileId} ${sizeBytes} ${modifiedMs}`;
}
