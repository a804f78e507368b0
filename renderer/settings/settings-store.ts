import { createStore, type StoreApi } from 'zustand/vanilla';

import type { Settings } from '../../shared/contract/index.ts';
import type { Client } from '../rpc/client.ts';
import { subscribe } from '../rpc/subscribe.ts';

export interface SettingsState {
  /** Null until the host has answered. */
  readonly settings: Settings | null;
  /** Shows the change at once and stores it; what could not be stored is taken back. */
  update(change: Partial<Settings>): Promise<void>;
}

export type SettingsStore = StoreApi<SettingsState> & { dispose(): void };

export function createSettingsStore(client: Client): SettingsStore {
  let stored: Settings | null = null;
  const store = createStore<SettingsState>()((set, get) => ({
    settings: null,
    async update(change) {
      const { settings } = get();
      if (settings) set({ settings: { ...settings, ...change } });
      try {
        stored = await client.app.updateSettings(change);
        set({ settings: stored });
      } catch (error) {
        set({ settings: stored });
        throw error;
      }
    },
  }));
  const dispose = subscribe(
    (signal) => client.app.watchSettings(undefined, { signal }),
    (settings) => {
      stored = settings;
      store.setState({ settings });
    },
  );
  return { ...store, dispose };
}
