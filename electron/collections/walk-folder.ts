import type { Dirent, Stats } from 'node:fs';
import { lstat, opendir } from 'node:fs/promises';
import path from 'node:path';

import type { FoundFile } from '../store/watched-files.ts';
import { isLeftOut } from '../../shared/model/documents/is-left-out.ts';
import { isGone } from './system-code.ts';

export interface WalkOptions {
  readonly signal: AbortSignal;
  /** A folder that is about to be looked into, within the root; empty for the root. */
  readonly onFolder: (folder: string) => void;
  /** A folder, or a file, that could not be looked at; what is known of it stays. */
  readonly onClosed: (path: string) => void;
}

/** Files in one batch: what follows each is one statement of the database and a turn for everybody else. */
const batchFiles = 128;

/**
 * The files at `scope` in a folder and below, in batches. Links are passed over: where they lead inside the folder the
 * file is found itself, and where they lead outside of it nothing may be read.
 */
export async function* walkFolder(root: string, scope: string, options: WalkOptions): AsyncGenerator<FoundFile[]> {
  const { signal, onFolder, onClosed } = options;
  const stats = await tryStat(path.join(root, scope), () => onClosed(scope));
  if (stats === undefined) return;
  if (!stats.isDirectory()) {
    if (stats.isFile()) yield [toFound(scope, stats)];
    return;
  }
  const folders = [scope];
  let batch: FoundFile[] = [];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    onFolder(folder);
    for await (const entries of readEntries(path.join(root, folder), () => onClosed(folder ?? ''))) {
      signal.throwIfAborted();
      const inside = (entry: Dirent): string => (folder === '' ? entry.name : `${folder}/${entry.name}`);
      for (const entry of entries) {
        if (entry.isDirectory() && !isLeftOut(entry.name, 'folder')) folders.push(inside(entry));
      }
      const files = entries.filter((entry) => entry.isFile() && !isLeftOut(entry.name, 'file'));
      const found = await Promise.all(
        files.map(async (entry) => {
          const own = await tryStat(path.join(root, inside(entry)), () => onClosed(inside(entry)));
          return own?.isFile() === true ? [toFound(inside(entry), own)] : [];
        }),
      );
      batch.push(...found.flat());
      if (batch.length >= batchFiles) {
        yield batch;
        batch = [];
      }
    }
  }
  if (batch.length > 0) yield batch;
}

/** Of one folder, a part at a time: a folder may hold more than anybody wants to hold at once. */
async function* readEntries(folder: string, onClosed: () => void): AsyncGenerator<Dirent[]> {
  try {
    await using opened = await opendir(folder, { bufferSize: batchFiles });
    let entries: Dirent[] = [];
    for await (const entry of { [Symbol.asyncIterator]: () => opened[Symbol.asyncIterator]() }) {
      entries.push(entry);
      if (entries.length < batchFiles) continue;
      yield entries;
      entries = [];
    }
    if (entries.length > 0) yield entries;
  } catch (error) {
    if (!isGone(error)) onClosed();
  }
}

/** Undefined for what is not there, and for what cannot be looked at, which is told. */
async function tryStat(file: string, onClosed: () => void): Promise<Stats | undefined> {
  try {
    return await lstat(file);
  } catch (error) {
    if (!isGone(error)) onClosed();
    return undefined;
  }
}

function toFound(found: string, { size, mtimeMs, ino }: Stats): FoundFile {
  return { path: found, sizeBytes: size, modifiedMs: Math.floor(mtimeMs), fileId: String(ino) };
}
