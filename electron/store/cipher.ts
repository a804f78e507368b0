import type Sqlite from 'better-sqlite3-multiple-ciphers';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';

const keyBytes = 32;

/**
 * SQLCipher 4's format: AES-256 and an HMAC for each page. The key is given as bytes, never as part of a statement,
 * so that no trace or error message can hold it; the `x'...'` form skips the derivation meant for passphrases.
 */
export function unlock(connection: Sqlite.Database, key: Uint8Array): void {
  if (key.length !== keyBytes) throw new Error(`A database key has ${keyBytes} bytes, this one has ${key.length}.`);
  connection.pragma(`cipher = 'sqlcipher'`);
  connection.pragma('legacy = 4');
  const raw = Buffer.from(`x'${Buffer.from(key).toString('hex')}'`, 'latin1');
  connection.key(raw);
  raw.fill(0);
}

/**
 * SQLite says the same ("not a database") for a wrong key and for a damaged first page, and what a person should do
 * differs. A fingerprint beside the database tells the two apart; it reveals nothing about the 32 random bytes.
 */
export function rememberKey(file: string, key: Uint8Array): void {
  const known = readFingerprint(file);
  const actual = fingerprint(key);
  if (known?.equals(actual) === true) return;
  writeFileSync(fingerprintFile(file), `${actual.toString('hex')}\n`, { mode: 0o600 });
}

/** Undefined when no fingerprint was kept. */
export function isRememberedKey(file: string, key: Uint8Array): boolean | undefined {
  const known = readFingerprint(file);
  const actual = fingerprint(key);
  if (known?.length !== actual.length) return undefined;
  return timingSafeEqual(known, actual);
}

export function keyWrong(file: string, cause: unknown): ClawdbotError {
  return new ClawdbotError(
    'DATABASE_KEY_WRONG',
    `The database ${file} cannot be opened with the key of this machine. It was probably copied here without its key: ` +
      'bring the key along (the Keychain entry on a Mac, the key file of a headless host), or move the database aside ' +
      'to start with an empty one. Nothing was changed.',
    { path: file },
    { cause },
  );
}

function fingerprint(key: Uint8Array): Buffer {
  return createHmac('sha256', key).update('clawdbot database key').digest().subarray(0, 16);
}

function fingerprintFile(file: string): string {
  return `${file}.key-check`;
}

function readFingerprint(file: string): Buffer | undefined {
  try {
    return Buffer.from(readFileSync(fingerprintFile(file), 'latin1').trim(), 'hex');
  } catch {
    return undefined;
  }
}
