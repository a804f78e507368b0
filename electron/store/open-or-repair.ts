import { linkSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';

import { ClawdbotError, hasCode } from '../../shared/errors/clawdbot-error.ts';
import { copyFileWholeSync, syncFile } from './copy-file.ts';
import { openDatabase, type Database, type DatabaseOptions } from './database.ts';
import { prepareReplacement } from './prepare-replacement.ts';
import { build } from './query-builder.ts';
import { listSnapshots, removeUnfinished, restoringFile, snapshotFolder, type SnapshotFile } from './snapshot-files.ts';

/** What was done because the database was damaged. */
export interface Repair {
  readonly atMs: number;
  /** The age of what is there now: what was written after it may be missing. */
  readonly snapshotMadeAtMs: number;
  /** Folder in which the damaged file was kept. */
  readonly damagedFolder: string;
}

export interface OpenedDatabase {
  readonly database: Database;
  /** Null when the database was intact. */
  readonly repair: Repair | null;
  /** The last run did not end in order, and the database is too large to be read at the start. */
  readonly wantsCheck: boolean;
}

/** Reading so much takes about 0.2 s; larger ones are checked in the background. */
const quickCheckBytes = 32 * 1024 * 1024;

/**
 * Opens the database. When it is damaged, the newest snapshot that is intact takes its place, and the damaged file is
 * kept aside; without such a snapshot nothing is changed.
 *
 * @throws as `openDatabase`
 */
export function openOrRepair(options: DatabaseOptions): OpenedDatabase {
  const { path: file, log } = options;
  removeUnfinished(file);
  const before = statSync(file, { throwIfNoEntry: false });
  // Closing in order empties the log and takes it away.
  const endedInOrder = (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) === 0;
  try {
    const database = openDatabase(options);
    try {
      requireSound(database, !endedInOrder && (before?.size ?? 0) <= quickCheckBytes);
    } catch (error) {
      database[Symbol.dispose]();
      throw error;
    }
    return { database, repair: null, wantsCheck: !endedInOrder && (before?.size ?? 0) > quickCheckBytes };
  } catch (error) {
    if (!hasCode(error, 'DATABASE_CORRUPT')) throw error;
    log.error({ err: error }, 'the database is damaged');
    const repair = tryRepair(options);
    if (repair === undefined) throw error;
    log.warn({ ...repair }, 'a snapshot took the place of the damaged database');
    return { database: openDatabase(options), repair, wantsCheck: false };
  }
}

/** What costs next to nothing, and on a small database everything. */
function requireSound(database: Database, thoroughly: boolean): void {
  const size = statSync(database.path).size;
  const pages = database.first(sql<{ page_count: number }>`PRAGMA page_count`.compile(build))?.page_count ?? 0;
  const logged = statSync(`${database.path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  // What is in the log need not be in the file yet.
  if (logged === 0 && size < pages * 4096) throw damaged(database.path, 'it ends too early');
  if (!thoroughly) return;
  const found = database.first(sql<{ quick_check: string }>`PRAGMA quick_check(1)`.compile(build))?.quick_check;
  if (found !== 'ok') throw damaged(database.path, found ?? 'it cannot be read');
}

function damaged(file: string, reason: string): ClawdbotError {
  return new ClawdbotError('DATABASE_CORRUPT', `The database ${file} is damaged: ${reason}.`, { path: file });
}

/** Undefined when there is no snapshot to repair it from. */
function tryRepair(options: DatabaseOptions): Repair | undefined {
  const { path: file, log } = options;
  for (const snapshot of listSnapshots(snapshotFolder(file))) {
    try {
      prepare(snapshot, options);
    } catch (error) {
      log.warn({ snapshot: snapshot.id, err: error }, 'a snapshot cannot be used for the repair');
      continue;
    }
    const atMs = options.clock?.now() ?? Date.now();
    const damagedFolder = keepAside(file, atMs);
    // One step: whatever happens, there is a whole database or the damaged one, and the next start finds either.
    renameSync(restoringFile(file), file);
    syncFile(path.dirname(file));
    return { atMs, snapshotMadeAtMs: snapshot.madeAtMs, damagedFolder };
  }
  return undefined;
}

function prepare(snapshot: SnapshotFile, options: DatabaseOptions): void {
  const restoring = restoringFile(options.path);
  removeUnfinished(options.path);
  copyFileWholeSync(snapshot.path, restoring);
  prepareReplacement(restoring, options, undefined);
  using replacement = openDatabase({ ...options, path: restoring, kept: 'no' });
  const found = replacement.first(sql<{ quick_check: string }>`PRAGMA quick_check(1)`.compile(build))?.quick_check;
  if (found !== 'ok') throw damaged(restoring, found ?? 'it cannot be read');
}

/** Keeps the damaged file and what belongs to it, for whoever wants to get more out of it. */
function keepAside(file: string, atMs: number): string {
  const time = new Date(atMs).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  let folder = path.join(path.dirname(file), `damaged-${time}`);
  for (let more = 2; statSync(folder, { throwIfNoEntry: false }) !== undefined; more += 1) {
    folder = path.join(path.dirname(file), `damaged-${time}-${more}`);
  }
  mkdirSync(folder, { mode: 0o700 });
  for (const suffix of ['-wal', '-shm']) {
    if (statSync(`${file}${suffix}`, { throwIfNoEntry: false }) === undefined) continue;
    // Left beside the other database, a log of this one would be its undoing.
    renameSync(`${file}${suffix}`, path.join(folder, `${path.basename(file)}${suffix}`));
  }
  rmSync(path.join(folder, path.basename(file)), { force: true });
  try {
    linkSync(file, path.join(folder, path.basename(file)));
  } catch {
    copyFileWholeSync(file, path.join(folder, path.basename(file)));
  }
  return folder;
}
