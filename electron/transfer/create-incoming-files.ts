import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import path from 'node:path';

import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { Clock, Log } from '../ports.ts';
import type { IncomingFiles } from './incoming-files.ts';

export interface IncomingFilesOptions {
  /** Its own; whatever is in it is deleted at the start. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Of one file. */
  readonly limitBytes?: number;
}

interface Arriving {
  readonly path: string;
  readonly name: string;
  readonly sizeBytes: number;
  receivedBytes: number;
  touchedAtMs: number;
}

const usualLimitBytes = 8 * 2 ** 30;
/** The database must go on working when a file has filled the rest. */
const spareBytes = 256 * 2 ** 20;
const forgottenMs = 60 * 60 * 1000;
const mostAtOnce = 200;
const longestNameChars = 200;

/** Keeps what arrives in files of its own, since a page that sends a gigabyte must not fill the memory with it. */
export function createIncomingFiles(options: IncomingFilesOptions): IncomingFiles {
  const { folder, clock, log, limitBytes = usualLimitBytes } = options;
  const arriving = new Map<string, Arriving>();
  // What is left of an earlier run belongs to nobody.
  removeQuietly(folder);

  function removeQuietly(target: string): void {
    try {
      rmSync(target, { recursive: true, force: true });
    } catch (error) {
      log.warn({ err: error }, 'a file that was handed over could not be deleted');
    }
  }

  function forget(ticket: string): void {
    const file = arriving.get(ticket);
    if (file === undefined) return;
    arriving.delete(ticket);
    removeQuietly(file.path);
  }

  function forgetOld(): void {
    const now = clock.now();
    for (const [ticket, { touchedAtMs }] of arriving) {
      // A clock that was set back makes a file look as if it came from the future.
      if (Math.abs(now - touchedAtMs) > forgottenMs) forget(ticket);
    }
  }

  function find(ticket: string): Arriving {
    const file = arriving.get(ticket);
    if (file === undefined) throw notHandedOver();
    return file;
  }

  return {
    begin({ name, sizeBytes }) {
      forgetOld();
      if (sizeBytes > limitBytes) throw tooLarge(sizeBytes, limitBytes);
      if (arriving.size >= mostAtOnce) throw tooMany();
      const promised = [...arriving.values()].reduce((sum, file) => sum + file.sizeBytes - file.receivedBytes, 0);
      const ticket = randomBytes(16).toString('hex');
      const file = path.join(folder, ticket);
      onDisk(folder, () => {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const { bavail, bsize } = statfsSync(folder);
        if (sizeBytes + promised + spareBytes > bavail * bsize) throw diskFull(folder);
        closeSync(openSync(file, 'wx', 0o600));
      });
      const touchedAtMs = clock.now();
      arriving.set(ticket, { path: file, name: plainName(name), sizeBytes, receivedBytes: 0, touchedAtMs });
      return ticket;
    },

    piece(ticket, offset, bytes) {
      const file = find(ticket);
      file.touchedAtMs = clock.now();
      const end = offset + bytes.length;
      if (end <= file.receivedBytes) return file.receivedBytes;
      if (offset !== file.receivedBytes) throw badPiece(`expected the piece at ${file.receivedBytes}, not ${offset}`);
      if (end > file.sizeBytes) throw badPiece(`more than the ${file.sizeBytes} bytes that were announced`);
      onDisk(file.path, () => append(file.path, offset, bytes));
      file.receivedBytes = end;
      return end;
    },

    drop: forget,

    take(ticket) {
      const file = find(ticket);
      if (file.receivedBytes !== file.sizeBytes) throw notHandedOver();
      arriving.delete(ticket);
      const { path: filePath, name, sizeBytes } = file;
      return { path: filePath, name, sizeBytes, [Symbol.dispose]: () => removeQuietly(filePath) };
    },

    [Symbol.dispose]() {
      arriving.clear();
      removeQuietly(folder);
    },
  };
}

function append(file: string, offset: number, bytes: Uint8Array): void {
  const descriptor = openSync(file, 'r+');
  try {
    let written = 0;
    while (written < bytes.length) {
      written += writeSync(descriptor, bytes, written, bytes.length - written, offset + written);
    }
    if (fstatSync(descriptor).size !== offset + bytes.length) throw new Error('The file has another length.');
  } finally {
    closeSync(descriptor);
  }
}

/** The last part of whatever came, for people to read: it names no place on this machine. */
function plainName(name: string): string {
  const last = name.split(/[/\\]/).findLast((part) => part.trim() !== '') ?? '';
  const plain = last
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .toWellFormed()
    .trim();
  if (plain.length <= longestNameChars) return plain === '' || /^\.+$/.test(plain) ? 'file' : plain;
  // The ending says what kind of file it is.
  const ending = /\.[\p{L}\p{N}]{1,10}$/u.exec(plain)?.[0] ?? '';
  return `${plain.slice(0, longestNameChars - ending.length)}${ending}`.toWellFormed();
}

function onDisk(place: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw diskFull(place);
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
      throw new ClawdbotError(
        'DATA_DIRECTORY_UNUSABLE',
        `The file could not be taken: Clawdbot may not write to ${place}. Check who owns the folder, then try again.`,
        { path: place, reason: 'there is no permission to write there' },
        { cause: error },
      );
    }
    throw error;
  }
}

function diskFull(place: string): ClawdbotError {
  return new ClawdbotError(
    'DISK_FULL',
    'There is not enough room on the disk to take this file. Free some space and drop it again; nothing was changed.',
    { path: place },
  );
}

function tooLarge(sizeBytes: number, limitBytes: number): ClawdbotError {
  return new ClawdbotError(
    'FILE_TOO_LARGE',
    `The file has ${sizeBytes} bytes, and at most ${limitBytes} can be taken. Split it, or drop only the part you need.`,
    { sizeBytes, limitBytes },
  );
}

function tooMany(): ClawdbotError {
  const message = `${mostAtOnce} files are being taken already. Wait until some of them are read.`;
  return new ClawdbotError('BAD_INPUT', message, { issues: [{ path: 'name', message }] });
}

function badPiece(message: string): ClawdbotError {
  return new ClawdbotError('BAD_INPUT', `The file did not arrive as announced: ${message}. Drop it again.`, {
    issues: [{ path: 'offset', message }],
  });
}

function notHandedOver(): ClawdbotError {
  return new ClawdbotError(
    'FILE_NOT_HANDED_OVER',
    'The file did not arrive whole, or was given up in the meantime. Drop it again.',
    {},
  );
}
