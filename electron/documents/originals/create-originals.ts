import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statfsSync } from 'node:fs';
import path from 'node:path';

import { ClawdbotError } from '../../../shared/errors/clawdbot-error.ts';
import type { Log } from '../../ports.ts';
import type { Originals } from '../originals.ts';
import { ChangedSourceError, DamagedOriginalError, readSealedOriginal, sealOriginal } from './sealed-original.ts';

export interface OriginalsOptions {
  /** Its own; made when it is needed. */
  readonly folder: string;
  /** The key of the database; others are derived from it. */
  readonly databaseKey: Uint8Array;
  /** Of one file. A larger one is not kept. */
  readonly limitBytes?: number;
  readonly log: Log;
}

/** Of one file; see decision 39. */
export const originalLimitBytes = 200 * 1024 * 1024;
/** The database must go on working when files have filled the rest. */
const spareBytes = 256 * 2 ** 20;
const stagedEnding = '.part';

export function createOriginals({
  folder,
  databaseKey,
  limitBytes = originalLimitBytes,
  log,
}: OriginalsOptions): Originals {
  const derive = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', databaseKey, new Uint8Array(), `clawdbot ${purpose}`, 32));
  const key = derive('originals');
  const nameKey = derive('names of originals');
  /** Whoever knows a file must not be able to tell that it is here. */
  const nameOf = (sha256: string): string => createHmac('sha256', nameKey).update(sha256).digest('hex').slice(0, 40);
  const placeOf = (sha256: string): string => path.join(folder, nameOf(sha256));

  function removeQuietly(file: string): void {
    try {
      rmSync(file, { force: true });
    } catch (error) {
      log.warn({ err: error }, 'an original could not be deleted');
    }
  }

  function listFolder(): string[] {
    try {
      return readdirSync(folder);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') log.warn({ err: error }, 'the originals could not be listed');
      return [];
    }
  }

  // What an earlier run did not finish belongs to nobody.
  for (const name of listFolder()) if (name.endsWith(stagedEnding)) removeQuietly(path.join(folder, name));

  return {
    async stage({ path: source, sha256, sizeBytes }, signal) {
      if (sizeBytes > limitBytes) return undefined;
      const place = placeOf(sha256);
      const staged = path.join(folder, `${randomBytes(12).toString('hex')}${stagedEnding}`);
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const { bavail, bsize } = statfsSync(folder);
        if (sizeBytes + spareBytes > bavail * bsize) {
          log.warn({ sizeBytes }, 'an original is not kept: there is not enough room on the disk');
          return undefined;
        }
        await sealOriginal(source, staged, { key, sha256, sizeBytes }, signal);
      } catch (error) {
        removeQuietly(staged);
        signal.throwIfAborted();
        // Only the look of its pages is lost.
        const why = error instanceof ChangedSourceError ? 'its file changed meanwhile' : (codeOf(error) ?? 'unknown');
        log.warn({ sizeBytes, why, err: error }, 'an original could not be kept');
        return undefined;
      }
      return {
        commit() {
          try {
            renameSync(staged, place);
          } catch (error) {
            log.warn({ err: error }, 'an original could not be kept');
          }
        },
        [Symbol.dispose]: () => removeQuietly(staged),
      };
    },

    has: (sha256) => sha256 !== '' && existsSync(placeOf(sha256)),

    async read(sha256, offset, lengthBytes) {
      const place = placeOf(sha256);
      try {
        return await readSealedOriginal(place, { key, sha256 }, offset, lengthBytes);
      } catch (error) {
        if (codeOf(error) === 'ENOENT') throw missing(error);
        if (!(error instanceof DamagedOriginalError)) throw error;
        // Nothing can be made of it any more, and without it dropping the file again keeps a whole one.
        log.error({ err: error }, 'an original was damaged or tampered with, and was deleted');
        removeQuietly(place);
        throw damaged(error);
      }
    },

    sweep(living) {
      const names = listFolder();
      if (names.length === 0) return;
      const wanted = new Set(living.map(nameOf));
      for (const name of names) {
        if (!wanted.has(name) && !name.endsWith(stagedEnding)) removeQuietly(path.join(folder, name));
      }
    },
  };
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

function missing(cause: unknown): ClawdbotError {
  return new ClawdbotError(
    'ORIGINAL_MISSING',
    'The original of this document is not kept here, only its text. Drop the file again to see its pages.',
    {},
    { cause },
  );
}

function damaged(cause: unknown): ClawdbotError {
  return new ClawdbotError(
    'ORIGINAL_DAMAGED',
    'The kept original of this document was damaged, so it is not shown. Its text is there. Drop the file again to see its pages.',
    {},
    { cause },
  );
}
