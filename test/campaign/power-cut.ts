import { closeSync, existsSync, openSync, readFileSync, statSync, truncateSync, writeSync } from 'node:fs';

import type { RandomBits } from '../model/random-bits.ts';

/** SQLite's file formats, https://www.sqlite.org/walformat.html: sizes and offsets in bytes. */
const walHeader = 32;
const frameHeader = 24;
const pageSize = 4096;
const backfillAttempted = 128;
/** Of the generation of the log, as the shared memory and the log itself have it. */
const saltBytes = 8;
const saltInShm = 32;
const saltInWal = 16;

/**
 * Does to a copied database what a loss of power may do. With `synchronous = NORMAL` the log is written to the disk for
 * sure only before a checkpoint begins: any part of it that was not checkpointed may be missing, or be anything.
 */
export function cutPower(file: string, random: RandomBits): void {
  const wal = `${file}-wal`;
  if (!existsSync(wal)) return;
  const size = statSync(wal).size;
  // Between two generations the log still holds the one before, all of which is on the disk and in the database. What
  // takes its place begins with a header that is written for sure before anything behind it.
  if (!isOfOneGeneration(wal, `${file}-shm`)) return;
  const safe = Math.min(size, safeBytes(`${file}-shm`));
  const keep = safe + ((random.next() >>> 0) % Math.max(1, size - safe));
  if ((random.next() & 1) === 0) truncateSync(wal, keep);
  else overwrite(wal, keep, Math.min(size - keep, pageSize + frameHeader), random);
}

function safeBytes(shm: string): number {
  if (!existsSync(shm)) return 0;
  const bytes = readFileSync(shm);
  const frames = bytes.length < backfillAttempted + 4 ? 0 : bytes.readUInt32LE(backfillAttempted);
  return frames === 0 ? 0 : walHeader + frames * (frameHeader + pageSize);
}

function isOfOneGeneration(wal: string, shm: string): boolean {
  if (!existsSync(shm)) return true;
  const [log, shared] = [readFileSync(wal), readFileSync(shm)];
  if (log.length < walHeader || shared.length < saltInShm + saltBytes) return true;
  const inLog = log.subarray(saltInWal, saltInWal + saltBytes);
  return inLog.equals(shared.subarray(saltInShm, saltInShm + saltBytes));
}

function overwrite(wal: string, from: number, count: number, random: RandomBits): void {
  const rubbish = Uint8Array.from({ length: count }, () => random.next() & 0xff);
  const descriptor = openSync(wal, 'r+');
  try {
    writeSync(descriptor, rubbish, 0, count, from);
  } finally {
    closeSync(descriptor);
  }
}
