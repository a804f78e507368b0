import { accessSync, chmodSync, constants, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';

/** Where a headless host keeps its data when nobody says otherwise. `home` is the person's home folder. */
export function defaultDataDirectory(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv, home: string): string {
  if (platform === 'darwin') return path.join(home, 'Library/Application Support/Clawdbot');
  const dataHome = environment['XDG_DATA_HOME'];
  // The specification says that a relative path there is to be ignored.
  const usable = dataHome !== undefined && path.isAbsolute(dataHome);
  return path.join(usable ? dataHome : path.join(home, '.local/share'), 'clawdbot');
}

/**
 * Makes the directory when it is absent and closes it to other users.
 * @throws DATA_DIRECTORY_UNUSABLE, DISK_FULL
 */
export function prepareDataDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const { mode, uid } = statSync(directory);
    const mine = process.getuid === undefined || process.getuid() === uid;
    if (mine && (mode & 0o077) !== 0) chmodSync(directory, 0o700);
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
    if (!mine) throw unusable(directory, 'it belongs to another user');
  } catch (error) {
    throw toDataError(error, directory);
  }
}

/** What the file system said about a place in the data directory, for the person who chose it. */
export function toDataError(error: unknown, place: string): ClawdbotError {
  if (error instanceof ClawdbotError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const message = `There is no space left for ${place}. Free some, or choose another place with --data-dir.`;
    return new ClawdbotError('DISK_FULL', message, { path: place }, { cause: error });
  }
  return unusable(place, reasons[code] ?? `the system reports ${code}`, error);
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user may not read and write it',
  EPERM: 'this user may not read and write it',
  EROFS: 'it is on a read-only disk',
  EEXIST: 'there is a file of that name',
  EISDIR: 'there is a folder of that name',
  ENOTDIR: 'a part of the path is a file',
  ENAMETOOLONG: 'the path is too long',
  ELOOP: 'its links lead in a circle',
};

function unusable(place: string, reason: string, cause?: unknown): ClawdbotError {
  return new ClawdbotError(
    'DATA_DIRECTORY_UNUSABLE',
    `Clawdbot cannot keep its data in ${place}: ${reason}. Change that, or choose another directory with --data-dir.`,
    { path: place, reason },
    { cause },
  );
}
