import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';

import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { isGone } from './system-code.ts';

/**
 * Where a folder that a person named really is.
 * @throws FOLDER_UNUSABLE
 */
export async function inspectFolder(named: string, dataDirectory: string): Promise<{ path: string; name: string }> {
  const unusable = (reason: string): ClawdbotError =>
    new ClawdbotError('FOLDER_UNUSABLE', `The folder “${named}” cannot be watched: ${reason}. Choose another one.`, {
      path: named,
      reason,
    });
  if (!path.isAbsolute(named)) throw unusable('its path does not begin at the root of the disk');
  let real: string;
  try {
    real = await realpath(named);
    if (!(await stat(real)).isDirectory()) throw unusable('it is not a folder');
  } catch (error) {
    if (error instanceof ClawdbotError) throw error;
    if (isGone(error)) throw unusable('there is no such folder');
    throw unusable('it cannot be opened');
  }
  if (path.dirname(real) === real) throw unusable('it is the whole disk');
  const own = await realpath(dataDirectory);
  if (own === real || own.startsWith(`${real}${path.sep}`) || real.startsWith(`${own}${path.sep}`)) {
    throw unusable('Clawdbot keeps its own files there');
  }
  return { path: real, name: path.basename(real) };
}
