import { z } from 'zod';

import { defaultSettings, settingsSchema } from '../../shared/contract/index.ts';
import type { Settings } from '../../shared/contract/index.ts';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { createAsyncQueue } from '../lib/async-queue.ts';
import { createEmitter } from '../lib/emitter.ts';
import type { Log, SettingsFile } from '../ports.ts';
import type { SettingsStore } from './settings.ts';

const fileSchema = z.record(z.string(), z.unknown());

/**
 * Settings as the file holds them, with defaults for what it leaves out. Keys of a newer version are kept as they are.
 *
 * @throws SETTINGS_INVALID when the file holds a wrong value; the file is left as it is
 */
export function createSettingsStore(file: SettingsFile, log: Log): SettingsStore {
  const changed = createEmitter<Settings>();
  const initial = readFile(file);
  let { settings } = initial;
  warnAboutUnknown(initial.raw, file, log);

  return {
    read: () => settings,
    update(change) {
      // Read again, so that what a person wrote into the file meanwhile is not lost.
      const { raw, settings: current } = readFile(file);
      const next = parseSettings({ ...current, ...change }, file);
      file.write({ ...raw, ...change });
      settings = next;
      changed.emit(next);
      return next;
    },
    watch(signal) {
      let stopListening = (): void => {};
      const queue = createAsyncQueue<Settings>({
        signal,
        capacity: 1,
        whenFull: 'dropOldest',
        onEnd: () => stopListening(),
      });
      if (queue.ended) return queue;
      stopListening = changed.listen((value) => queue.push(value));
      queue.push(settings);
      return queue;
    },
  };
}

function readFile(file: SettingsFile): { raw: Record<string, unknown>; settings: Settings } {
  const parsed = fileSchema.safeParse(file.read());
  if (!parsed.success) throw invalid(file, '', 'it does not hold a list of settings');
  return { raw: parsed.data, settings: parseSettings(parsed.data, file) };
}

function parseSettings(values: Record<string, unknown>, file: SettingsFile): Settings {
  const parsed = settingsSchema.safeParse({ ...defaultSettings, ...values });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(file, issue?.path.join('.') ?? '', issue?.message ?? 'it is not understood');
}

function warnAboutUnknown(raw: Record<string, unknown>, file: SettingsFile, log: Log): void {
  const unknown = Object.keys(raw).filter((key) => !Object.hasOwn(settingsSchema.shape, key));
  if (unknown.length > 0) log.warn({ path: file.path, keys: unknown }, 'the settings hold keys that are not known');
}

function invalid(file: SettingsFile, key: string, reason: string): ClawdbotError {
  const subject = key === '' ? '' : ` "${key}":`;
  return new ClawdbotError(
    'SETTINGS_INVALID',
    `The settings in ${file.path} cannot be used.${subject} ${reason}. Correct the file, or move it aside to start with the defaults; it was not changed.`,
    { path: file.path, key, reason },
  );
}
