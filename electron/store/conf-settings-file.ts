import Conf from 'conf';
import path from 'node:path';

import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { SettingsFile } from '../ports.ts';
import { translateStoreError } from './sqlite-errors.ts';

/**
 * `settings.json` in a folder, written atomically. `Conf` is made anew for each use: its constructor already throws for
 * a file that does not parse, and here a person may be correcting that file while the app runs.
 */
export function createConfSettingsFile(folder: string): SettingsFile {
  const file = path.join(folder, 'settings.json');

  const open = (): Conf<Record<string, unknown>> => {
    try {
      return new Conf<Record<string, unknown>>({
        cwd: folder,
        configName: 'settings',
        fileExtension: 'json',
        // A file that does not parse is the person's; clearing it would lose what they wrote.
        clearInvalidConfig: false,
        accessPropertiesByDotNotation: false,
        configFileMode: 0o600,
        deserialize: (text) => parseObject(text, file),
      });
    } catch (error) {
      throw translateStoreError(error, file);
    }
  };

  return {
    path: file,
    read: () => open().store,
    write(value) {
      const conf = open();
      try {
        conf.store = value;
      } catch (error) {
        throw translateStoreError(error, file);
      }
    },
  };
}

/** Without this `Conf` takes a list, a number or null for an empty object, and would write over it. */
function parseObject(text: string, file: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalid(file, error instanceof Error ? error.message : 'it is not JSON', error);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw invalid(file, 'it does not hold an object', undefined);
}

function invalid(file: string, reason: string, cause: unknown): ClawdbotError {
  return new ClawdbotError(
    'SETTINGS_INVALID',
    `The settings in ${file} cannot be read: ${reason}. Correct the file, or move it aside to start with the defaults; it was not changed.`,
    { path: file, key: '', reason },
    { cause },
  );
}
