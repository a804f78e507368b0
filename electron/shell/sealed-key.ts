import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';

import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { Secrets } from '../ports.ts';

const keyBytes = 32;
const sealedName = 'database.key.sealed';

/** What is used of Electron's `safeStorage`. */
export interface KeySafe {
  isAsyncEncryptionAvailable(): Promise<boolean>;
  /** Linux only. */
  getSelectedStorageBackend?(): string;
  encryptStringAsync(text: string): Promise<Buffer>;
  decryptStringAsync(sealed: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }>;
}

export interface DesktopSecretsOptions {
  readonly safe: KeySafe;
  readonly dataDirectory: string;
  readonly platform: NodeJS.Platform;
  /** The headless host's way: a file that only this user may read. */
  readonly keyFile: Secrets;
  /** Whether that file is there already; it was made by a headless start or while no keychain could be had. */
  readonly hasKeyFile: () => boolean;
  /** What the key opens: no new key is made while it is there. */
  readonly database: string;
  /** Called when the key lies in a plain file, so that the person is told. */
  readonly onKeyInFile: () => void;
}

/** The database key, sealed by the Keychain (or the desktop's password store) where there is one. */
export function createDesktopSecrets(options: DesktopSecretsOptions): Secrets {
  let key: Promise<Uint8Array> | undefined;
  return {
    databaseKey: () => (key ??= findKey(options)),
  };
}

async function findKey(options: DesktopSecretsOptions): Promise<Uint8Array> {
  const { safe, dataDirectory, platform, keyFile, hasKeyFile, database, onKeyInFile } = options;
  const file = path.join(dataDirectory, sealedName);
  const sealed = await tryRead(file);
  if (sealed) return unseal(safe, file, sealed);
  // A database that was made with the key in the file can be opened with no other.
  if (hasKeyFile() || !(await canSeal(safe, platform))) {
    onKeyInFile();
    return keyFile.databaseKey();
  }
  if (existsSync(database)) throw keyMissing(file, database);
  const key = randomBytes(keyBytes);
  await store(file, await seal(safe, file, key));
  // Read back: a key that cannot be had again would lock the person out at the next start.
  return unseal(safe, file, await readFile(file));
}

async function canSeal(safe: KeySafe, platform: NodeJS.Platform): Promise<boolean> {
  // `basic_text` scrambles with a password everybody knows; a file nobody else may read is no worse and more honest.
  if (platform === 'linux' && ['basic_text', 'unknown'].includes(safe.getSelectedStorageBackend?.() ?? 'unknown')) {
    return false;
  }
  return safe.isAsyncEncryptionAvailable();
}

async function seal(safe: KeySafe, file: string, key: Buffer): Promise<Buffer> {
  try {
    return await safe.encryptStringAsync(key.toString('base64'));
  } catch (cause) {
    throw new ClawdbotError(
      'DATABASE_KEY_WRONG',
      'The keychain did not let Clawdbot keep the key of your conversations in it. Start again and allow Clawdbot to use the keychain when the system asks.',
      { path: file },
      { cause },
    );
  }
}

async function unseal(safe: KeySafe, file: string, sealed: Buffer): Promise<Uint8Array> {
  let key: Buffer;
  try {
    const opened = await safe.decryptStringAsync(sealed);
    key = Buffer.from(opened.result, 'base64');
    if (opened.shouldReEncrypt && key.byteLength === keyBytes) {
      await store(file, await safe.encryptStringAsync(opened.result));
    }
  } catch (cause) {
    throw keyUnreadable(file, { cause });
  }
  if (key.byteLength !== keyBytes) throw keyUnreadable(file);
  return new Uint8Array(key);
}

function keyUnreadable(file: string, options?: { cause: unknown }) {
  return new ClawdbotError(
    'DATABASE_KEY_WRONG',
    `The key of your conversations in ${file} could not be read with this user's keychain. Log in as the user who made it and unlock the keychain, or restore the keychain from a backup, then start Clawdbot again. Nothing was changed.`,
    { path: file },
    options,
  );
}

function keyMissing(file: string, database: string): ClawdbotError {
  return new ClawdbotError(
    'DATABASE_KEY_WRONG',
    `The key file ${file} is missing, and ${database} cannot be read without it. Put back a copy of the key file, or move the database aside to begin with an empty one. Nothing was changed.`,
    { path: database },
  );
}

async function tryRead(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw unusable(file, error);
  }
}

/** Whole or not at all: half a key would be taken for a damaged one at the next start. */
async function store(file: string, content: Buffer): Promise<void> {
  const fresh = `${file}.new`;
  try {
    await rm(fresh, { force: true });
    const handle = await open(fresh, 'wx', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(fresh, file);
  } catch (error) {
    throw unusable(file, error);
  }
}

function unusable(file: string, cause: unknown): ClawdbotError {
  if (codeOf(cause) === 'ENOSPC') {
    const message = `The disk is full: ${file} could not be written. Free some space, then start Clawdbot again.`;
    return new ClawdbotError('DISK_FULL', message, { path: file }, { cause });
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ClawdbotError(
    'DATA_DIRECTORY_UNUSABLE',
    `${file} cannot be read or written (${reason}). Give yourself the right to, then start Clawdbot again.`,
    { path: path.dirname(file), reason },
    { cause },
  );
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
