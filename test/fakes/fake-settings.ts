import { createAsyncQueue } from '../../electron/lib/async-queue.ts';
import { createEmitter } from '../../electron/lib/emitter.ts';
import type { SettingsStore } from '../../electron/store/settings.ts';
import { defaultSettings, type Settings } from '../../shared/contract/index.ts';

/** Settings in memory. */
export function createFakeSettings(initial: Partial<Settings> = {}): SettingsStore {
  const changed = createEmitter<Settings>();
  let settings: Settings = { ...defaultSettings, ...initial };
  return {
    read: () => settings,
    update(change) {
      settings = { ...settings, ...change };
      changed.emit(settings);
      return settings;
    },
    watch(signal) {
      const queue = createAsyncQueue<Settings>({ signal, onEnd: () => end() });
      const end = changed.listen((next) => queue.push(next));
      queue.push(settings);
      return queue;
    },
  };
}
