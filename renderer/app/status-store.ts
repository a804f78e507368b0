import { createStore, type StoreApi } from 'zustand/vanilla';

import type { AppInfo, AppStatus } from '../../shared/contract/index.ts';
import type { Client } from '../rpc/client.ts';
import { subscribe } from '../rpc/subscribe.ts';

export interface StatusState {
  readonly status: AppStatus | null;
  readonly info: AppInfo | null;
}

export type StatusStore = StoreApi<StatusState> & { dispose(): void };

export function createStatusStore(client: Client): StatusStore {
  const store = createStore<StatusState>()(() => ({ status: null, info: null }));
  let asking = false;
  const askInfo = async (): Promise<void> => {
    if (asking || store.getState().info) return;
    asking = true;
    try {
      store.setState({ info: await client.app.info() });
    } catch {
      // The line broke; the banner says so, and the next status asks again.
    } finally {
      asking = false;
    }
  };
  const dispose = subscribe(
    (signal) => client.app.watchStatus(undefined, { signal }),
    (status) => {
      store.setState({ status });
      void askInfo();
    },
  );
  return { ...store, dispose };
}
