import { createStore, type StoreApi } from 'zustand/vanilla';

import type { Preset } from '../../shared/contract/index.ts';
import type { TurnSetup } from '../../shared/model/turn-setup.ts';
import type { Client } from '../rpc/client.ts';
import { subscribe } from '../rpc/subscribe.ts';

export interface PresetsState {
  /** The person's own, by name. */
  readonly presets: readonly Preset[];
  create(name: string, setup: TurnSetup): Promise<Preset>;
  update(presetId: string, name: string, setup: TurnSetup): Promise<void>;
  remove(presetId: string): Promise<void>;
  restore(presetId: string): Promise<void>;
}

export type PresetsStore = StoreApi<PresetsState> & { dispose(): void };

export function createPresetsStore(client: Client): PresetsStore {
  const store = createStore<PresetsState>()(() => ({
    presets: [],
    create: (name, setup) => client.presets.create({ name, setup }),
    async update(presetId, name, setup) {
      await client.presets.update({ presetId, name, setup });
    },
    async remove(presetId) {
      await client.presets.remove({ presetId });
    },
    async restore(presetId) {
      await client.presets.restore({ presetId });
    },
  }));
  const dispose = subscribe(
    (signal) => client.presets.watch(undefined, { signal }),
    (presets) => store.setState({ presets }),
  );
  return { ...store, dispose };
}
