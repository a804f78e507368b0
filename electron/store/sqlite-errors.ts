import Sqlite from 'better-sqlite3-multiple-ciphers';
import { statfsSync } from 'node:fs';
import path from 'node:path';

import { ClawdbotError, isClawdbotError } from '../../shared/errors/clawdbot-error.ts';

/** Below this a failed write is a full disk, whatever the system called it: SQLite's shared memory file alone is 32 KiB. */
const fullDiskBytes = 128 * 1024;

/**
 * The one place where what SQLite and the file system report becomes an error for people. What is none of their
 * concern (a constraint, a wrong statement) is a bug and comes back unchanged.
 */
export function translateStoreError(error: unknown, file: string): unknown {
  if (isClawdbotError(error)) return error;
  if (error instanceof Sqlite.SqliteError) return translateSqlite(error, file);
  return translateFileSystem(error, file);
}

function translateSqlite(error: InstanceType<typeof Sqlite.SqliteError>, file: string): unknown {
  const [, family] = error.code.split('_');
  switch (family) {
    case 'FULL':
      return diskFull(file, error);
    case 'BUSY':
    case 'LOCKED':
      return new ClawdbotError(
        'DATABASE_LOCKED',
        `Another program is using the database ${file}. Close it (a backup tool, another copy of Clawdbot) and try again; nothing was changed.`,
        { path: file },
        { cause: error },
      );
    case 'CORRUPT':
    case 'NOTADB':
      return databaseCorrupt(file, error);
    case 'CANTOPEN':
    case 'READONLY':
    case 'PERM':
    case 'AUTH':
      return hasFreeSpace(file) ? directoryUnusable(file, error.message, error) : diskFull(file, error);
    case 'IOERR':
      return hasFreeSpace(file)
        ? directoryUnusable(file, `the disk answered with an error (${error.code})`, error)
        : diskFull(file, error);
    default:
      return error;
  }
}

function translateFileSystem(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(file, error);
    case 'EACCES':
    case 'EPERM':
      return directoryUnusable(file, 'there is no permission to write there', error);
    case 'EROFS':
      return directoryUnusable(file, 'the disk is read-only', error);
    case 'EEXIST':
    case 'ENOTDIR':
      return directoryUnusable(file, 'it is not a folder', error);
    case 'ENOENT':
      return directoryUnusable(file, 'it does not exist', error);
    case 'EISDIR':
      return directoryUnusable(file, `${path.basename(file)} is a folder where a file belongs`, error);
    default:
      return error;
  }
}

function diskFull(file: string, cause: unknown): ClawdbotError {
  return new ClawdbotError(
    'DISK_FULL',
    `The disk with ${path.dirname(file)} is full. Free some space and try again; everything stored so far is safe.`,
    { path: file },
    { cause },
  );
}

function databaseCorrupt(file: string, cause: unknown): ClawdbotError {
  return new ClawdbotError(
    'DATABASE_CORRUPT',
    `The database ${file} is damaged. There is no copy of it in the folder "snapshots" that could be used. Quit, move it aside ` +
      'and put a backup in its place, or start with an empty one; Clawdbot changes nothing in a damaged file.',
    { path: file },
    { cause },
  );
}

function directoryUnusable(file: string, reason: string, cause: unknown): ClawdbotError {
  const folder = path.dirname(file);
  return new ClawdbotError(
    'DATA_DIRECTORY_UNUSABLE',
    `Clawdbot cannot keep its data in ${folder}: ${reason}. Change the permissions of the folder, or choose another one with --data-dir.`,
    { path: folder, reason },
    { cause },
  );
}

function hasFreeSpace(file: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(path.dirname(file));
    return bavail * bsize > fullDiskBytes;
  } catch {
    // The folder itself is gone: not a matter of space.
    return true;
  }
}
