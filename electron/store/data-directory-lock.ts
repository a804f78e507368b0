import Sqlite from 'better-sqlite3-multiple-ciphers';
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { translateStoreError } from './sqlite-errors.ts';

/** One process holds a data directory at a time. Disposing lets go of it. */
export interface DataDirectoryLock extends Disposable {
  /** Tells a second start where the first one is to be found; null when it has no address. */
  announce(url: string | null): void;
}

const holderSchema = z.object({ processId: z.number().int().positive(), url: z.string().max(2000).nullable() });

/**
 * Takes the directory, or fails at once. The lock is the system's own on an open file, so the death of the process by
 * whatever means frees it and no stale lock can remain. SQLite is used for it because Node has no file locks.
 *
 * @throws DATA_DIRECTORY_IN_USE, DATA_DIRECTORY_UNUSABLE
 */
export function lockDataDirectory(directory: string): DataDirectoryLock {
  const file = path.join(directory, 'lock');
  const holderFile = path.join(directory, 'lock.json');
  const connection = acquire(file, directory, holderFile);

  const announce = (url: string | null): void => {
    const unfinished = `${holderFile}.unfinished`;
    writeFileSync(unfinished, `${JSON.stringify({ processId: process.pid, url })}\n`, { mode: 0o600 });
    renameSync(unfinished, holderFile);
  };
  try {
    announce(null);
  } catch (error) {
    connection.close();
    throw translateStoreError(error, holderFile);
  }

  let held = true;
  return {
    announce,
    [Symbol.dispose]() {
      if (!held) return;
      held = false;
      // First the description, then the lock: the other way round it could be the next holder's.
      rmSync(holderFile, { force: true });
      connection.close();
    },
  };
}

function acquire(file: string, directory: string, holderFile: string): Sqlite.Database {
  let connection: Sqlite.Database | undefined;
  try {
    closeSync(openSync(file, 'a', 0o600));
    connection = new Sqlite(file, { timeout: 0 });
    // Held in memory: a journal file would stay behind after a kill, and the next start would have to roll it back.
    connection.pragma('journal_mode = MEMORY');
    connection.exec('BEGIN EXCLUSIVE');
    return connection;
  } catch (error) {
    connection?.close();
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) throw inUse(directory, holderFile);
    throw translateStoreError(error, file);
  }
}

function inUse(directory: string, holderFile: string): ClawdbotError {
  const { processId, url } = readHolder(holderFile);
  const who = processId === null ? '' : ` (process ${processId})`;
  const next = url === null ? 'Use that one or quit it first' : `It is at ${url}. Use that one or quit it first`;
  return new ClawdbotError(
    'DATA_DIRECTORY_IN_USE',
    `Another Clawdbot${who} is using ${directory}. ${next}, or choose another folder with --data-dir.`,
    { path: directory, processId, url },
  );
}

function readHolder(holderFile: string): { processId: number | null; url: string | null } {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(holderFile, 'utf8')));
  } catch {
    return { processId: null, url: null };
  }
}
