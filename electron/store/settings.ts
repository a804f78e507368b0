import type { Settings } from '../../shared/contract/index.ts';

/** The person's settings; the implementation parses the file and never overwrites one that does not parse. */
export interface SettingsStore {
  read(): Settings;
  /** Stores and announces the change. */
  update(change: Partial<Settings>): Settings;
  /** The settings now, and again after every change. */
  watch(signal: AbortSignal): AsyncIterable<Settings>;
}
