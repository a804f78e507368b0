import { createStore, type StoreApi } from 'zustand/vanilla';

import type { Collection } from '../../shared/contract/index.ts';
import type { Client } from '../rpc/client.ts';
import { subscribe } from '../rpc/subscribe.ts';

export interface CollectionsState {
  /** By name. */
  readonly collections: readonly Collection[];
  /** Grows with everything that may change what a list of documents shows. */
  readonly revision: number;
}

export type CollectionsStore = StoreApi<CollectionsState> & {
  readonly client: Pick<Client, 'collections' | 'documents'>;
  dispose(): void;
};

/** Collections of documents as the host tells of them. */
export function createCollectionsStore(client: Pick<Client, 'collections' | 'documents'>): CollectionsStore {
  const store = createStore<CollectionsState>()(() => ({ collections: [], revision: 0 }));
  const dispose = subscribe(
    (signal) => client.collections.watch(undefined, { signal }),
    (collections) => store.setState(({ revision }) => ({ collections, revision: revision + 1 })),
  );
  return { ...store, client, dispose };
}
