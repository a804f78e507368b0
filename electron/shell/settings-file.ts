import { ClawdbotError, isClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { SettingsFile } from '../ports.ts';

/** What is used of electron-store (and of conf, which it is made of). */
export interface KeyValueStore {
  store: Record<string, unknown>;
}

export interface KeyValueStoreOptions {
  readonly deserialize: (text: string) => Record<string, unknown>;
  readonly configFileMode: number;
}

/**
 * Settings on disk. The store is opened at the first use and not before, because opening parses: a file that does not
 * parse is reported and left exactly as it is, whatever is called.
 */
export function createSettingsFile(
  file: string,
  openStore: (options: KeyValueStoreOptions) => KeyValueStore,
): SettingsFile {
  let opened: KeyValueStore | undefined;

  const attempt = <T>(action: (store: KeyValueStore) => T): T => {
    try {
      opened ??= openStore({ deserialize: (text) => parseSettingsText(text, file), configFileMode: 0o600 });
      return action(opened);
    } catch (error) {
      throw settingsFailure(file, error);
    }
  };

  return {
    path: file,
    read: () => attempt((store) => ({ ...store.store })),
    write: (value) =>
      attempt((store) => {
        // The setter does not look at what is on disk, and somebody may have edited it by hand since.
        void store.store;
        store.store = value;
      }),
  };
}

function parseSettingsText(text: string, file: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalid(file, error instanceof Error ? error.message : String(error), error);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw invalid(file, 'it does not hold an object');
}

function invalid(file: string, reason: string, cause?: unknown): ClawdbotError {
  return new ClawdbotError(
    'SETTINGS_INVALID',
    `The settings in ${file} cannot be read: ${reason}. Correct the file, or move it away to begin with the defaults. It was not changed.`,
    { path: file, key: '', reason },
    { cause },
  );
}

function settingsFailure(file: string, cause: unknown): unknown {
  // Whatever did not come from the file system is a fault of ours and must not be taken for the person's.
  if (isClawdbotError(cause) || !(cause instanceof Error) || !('code' in cause)) return cause;
  const { code, message: reason } = cause;
  if (code === 'ENOSPC') {
    const message = `The disk is full: ${file} could not be written. Free some space, then try again.`;
    return new ClawdbotError('DISK_FULL', message, { path: file }, { cause });
  }
  return new ClawdbotError(
    'DATA_DIRECTORY_UNUSABLE',
    `${file} cannot be read or written (${reason}). Give yourself the right to, then start Clawdbot again.`,
    { path: file, reason },
    { cause },
  );
}
