import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';

import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { Log, Secrets } from '../ports.ts';

const keyBytes = 32;
const ownerOnly = 0o600;

export interface KeyFileOptions {
  readonly path: string;
  /** What the key opens: no new key is made while it is there. */
  readonly database: string;
  readonly log: Log;
}

/**
 * The database's key in a file that only this user may read, for hosts without a keychain. A file that others may read
 * is closed to them and the log says so: refusing to start would not take back what they may have read.
 *
 * @throws DATABASE_KEY_WRONG when the key is missing or damaged, DATA_DIRECTORY_UNUSABLE
 */
export function createKeyFile({ path, database, log }: KeyFileOptions): Secrets {
  let key: Uint8Array | undefined;
  return {
    databaseKey: async () => (key ??= readKey(path, log) ?? makeKey(path, database)),
  };
}

function readKey(path: string, log: Log): Uint8Array | undefined {
  let descriptor: number;
  try {
    // A link could lead the host to read, or later to guard, a file that is not its own.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return undefined;
    throw unusable(path, code === 'ELOOP' ? 'it is a link' : `the system reports ${code}`, error);
  }
  try {
    const { mode, uid, size } = fstatSync(descriptor);
    if (process.getuid !== undefined && uid !== process.getuid()) throw unusable(path, 'it belongs to another user');
    if ((mode & 0o077) !== 0) {
      fchmodSync(descriptor, ownerOnly);
      log.warn({ path, mode: (mode & 0o777).toString(8) }, 'other users could read the key file; they no longer can');
    }
    const key = Buffer.alloc(keyBytes);
    if (size !== keyBytes || readSync(descriptor, key) !== keyBytes) throw damaged(path, size);
    return key;
  } finally {
    closeSync(descriptor);
  }
}

function makeKey(path: string, database: string): Uint8Array {
  if (existsSync(database)) throw missing(path, database);
  const key = randomBytes(keyBytes);
  const unfinished = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    const descriptor = openSync(unfinished, 'wx', ownerOnly);
    try {
      writeSync(descriptor, key);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    // Unlike a rename it never replaces a key that came into being meanwhile.
    linkSync(unfinished, path);
  } catch (error) {
    if (codeOf(error) === 'ENOSPC') {
      throw new ClawdbotError('DISK_FULL', `There is no space left to write ${path}. Free some and start again.`, {
        path,
      });
    }
    throw unusable(path, `it cannot be written (${codeOf(error)})`, error);
  } finally {
    rmSync(unfinished, { force: true });
  }
  return key;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

function unusable(path: string, reason: string, cause?: unknown): ClawdbotError {
  const message = `The key file ${path} cannot be used: ${reason}. Without it the conversations cannot be read.`;
  return new ClawdbotError('DATA_DIRECTORY_UNUSABLE', message, { path, reason }, { cause });
}

function damaged(path: string, sizeBytes: number): ClawdbotError {
  return new ClawdbotError(
    'DATABASE_KEY_WRONG',
    `The key file ${path} is damaged: it has ${sizeBytes} bytes instead of ${keyBytes}. Put back a copy of it; without the right key the conversations cannot be read. Nothing was changed.`,
    { path },
  );
}

/** The desktop app leaves its key beside this one, sealed by the system's keychain, which only it can open. */
const sealedSuffix = '.sealed';

function missing(path: string, database: string): ClawdbotError {
  const words = existsSync(`${path}${sealedSuffix}`)
    ? `${database} belongs to the desktop app, whose key lies in the keychain of this user. Open it with the desktop app, or choose another folder with --data-dir.`
    : `The key file ${path} is missing, and ${database} cannot be read without it. Put back a copy of the key file, or move the database aside to begin with an empty one.`;
  return new ClawdbotError('DATABASE_KEY_WRONG', `${words} Nothing was changed.`, { path: database });
}
