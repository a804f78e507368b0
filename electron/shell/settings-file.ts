import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
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
      opened ??= openStore({ deserialize: parseObject, configFileMode: 0o600 });
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

function parseObject(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SyntaxError('the file does not hold an object');
  }
  return { ...value };
}

function settingsFailure(file: string, cause: unknown): ClawdbotError {
  if (cause instanceof SyntaxError) {
    return new ClawdbotError(
      'SETTINGS_INVALID',
      `The settings in ${file} cannot be read: ${cause.message}. Correct the file, or move it away to begin with the defaults. It was not changed.`,
      { path: file, key: '', reason: cause.message },
      { cause },
    );
  }
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOSPC') {
    const message = `The disk is full: ${file} could not be written. Free some space, then try again.`;
    return new ClawdbotError('DISK_FULL', message, { path: file }, { cause });
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ClawdbotError(
    'DATA_DIRECTORY_UNUSABLE',
    `${file} cannot be read or written (${reason}). Give yourself the right to, then start Clawdbot again.`,
    { path: file, reason },
    { cause },
  );
}
