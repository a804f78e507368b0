import type { Preset } from '../../shared/contract/index.ts';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { presetNameLimitChars } from '../../shared/model/turn-setup.ts';
import type { Emitter } from '../lib/emitter.ts';
import type { Clock } from '../ports.ts';
import type { Store } from '../store/store.ts';
import type { Presets } from './chat.ts';
import { parseName } from './parse-name.ts';
import { createWatchedValue } from './watched-value.ts';

interface Services {
  readonly store: Store;
  readonly clock: Clock;
  readonly binClock: Clock;
  readonly newId: () => string;
  /** The database holds something else. */
  readonly refreshed: Emitter<void>;
}

export function createPresets({ store, clock, binClock, newId, refreshed }: Services): Presets {
  const list = createWatchedValue(() => store.presets.all());
  refreshed.listen(() => list.changed());

  const find = (presetId: string): Preset => {
    const preset = store.presets.find(presetId);
    if (preset === undefined) throw presetNotFound(presetId);
    return preset;
  };

  return {
    watch: (signal) => list.watch(undefined, signal),
    create(name, setup) {
      const preset = { id: newId(), name: parseName('name', name, presetNameLimitChars), setup };
      store.presets.insert(preset, clock.now());
      list.changed();
      return preset;
    },
    update(presetId, name, setup) {
      find(presetId);
      store.presets.update(presetId, { name: parseName('name', name, presetNameLimitChars), setup });
      list.changed();
      return find(presetId);
    },
    remove(presetId) {
      if (!store.presets.remove(presetId, binClock.now())) throw presetNotFound(presetId);
      list.changed();
    },
    restore(presetId) {
      store.presets.restore(presetId);
      const preset = find(presetId);
      list.changed();
      return preset;
    },
  };
}

function presetNotFound(presetId: string): ClawdbotError {
  return new ClawdbotError('PRESET_NOT_FOUND', 'This role does not exist any more. Choose another one.', { presetId });
}
