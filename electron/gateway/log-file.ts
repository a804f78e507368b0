import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { pino } from 'pino';

import type { Log } from '../ports.ts';
import { toDataError } from './data-directory.ts';

export interface LogFileOptions {
  readonly folder: string;
  readonly level: 'debug' | 'info';
  /** The file is set aside, replacing the one set aside before, when it grows beyond this. Default: 5 MB. */
  readonly limitBytes?: number;
}

export interface LogFile extends Disposable {
  readonly log: Log;
  readonly path: string;
}

/**
 * The log of one host: JSON lines, two files at most. Written at once, so that the lines before a crash are there; a
 * log that cannot be written (a full disk) never stops the host.
 *
 * @throws DATA_DIRECTORY_UNUSABLE, DISK_FULL when it cannot even be begun
 */
export function createLogFile({ folder, level, limitBytes = 5_000_000 }: LogFileOptions): LogFile {
  const file = path.join(folder, 'clawdbot.log');
  const older = path.join(folder, 'clawdbot.1.log');
  let descriptor: number | undefined = openLog(file);
  let sizeBytes = fstatSync(descriptor).size;

  const setAside = (): void => {
    if (descriptor !== undefined) closeSync(descriptor);
    descriptor = undefined;
    try {
      renameSync(file, older);
    } finally {
      // Begun anew even when the old one could not be set aside: the limit matters more than yesterday's lines.
      descriptor = openSync(file, 'w', 0o600);
      sizeBytes = 0;
    }
  };

  const logger = pino(
    { level, base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime },
    {
      write(line: string) {
        if (descriptor === undefined) return;
        try {
          sizeBytes += writeSync(descriptor, line);
          if (sizeBytes > limitBytes) setAside();
        } catch {
          // Nowhere is left to say it; the person hears about a full disk from the database.
        }
      },
    },
  );
  return {
    path: file,
    log: {
      debug: (fields, message) => logger.debug(fields, message),
      info: (fields, message) => logger.info(fields, message),
      warn: (fields, message) => logger.warn(fields, message),
      error: (fields, message) => logger.error(fields, message),
    },
    [Symbol.dispose]() {
      if (descriptor !== undefined) closeSync(descriptor);
      descriptor = undefined;
    },
  };
}

function openLog(file: string): number {
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    return openSync(file, 'a', 0o600);
  } catch (error) {
    throw toDataError(error, file);
  }
}
