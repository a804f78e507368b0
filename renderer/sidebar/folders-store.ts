import { createStore, type StoreApi } from 'zustand/vanilla';

import type { Folder } from '../../shared/contract/index.ts';
import type { Client } from '../rpc/client.ts';
import { subscribe } from '../rpc/subscribe.ts';

export interface FoldersState {
  /** By name. */
  readonly folders: readonly Folder[];
  create(name: string): Promise<Folder>;
  rename(folderId: string, name: string): Promise<void>;
  collapse(folderId: string, collapsed: boolean): Promise<void>;
  remove(folderId: string): Promise<void>;
  restore(folderId: string): Promise<void>;
}

export type FoldersStore = StoreApi<FoldersState> & { dispose(): void };

export function createFoldersStore(client: Client): FoldersStore {
  const put = (folder: Folder): void =>
    store.setState(({ folders }) => ({
      folders: [...folders.filter(({ id }) => id !== folder.id), folder].toSorted((left, right) =>
        left.name.localeCompare(right.name),
      ),
    }));

  const store = createStore<FoldersState>()((_set, get) => ({
    folders: [],
    async create(name) {
      const folder = await client.folders.create({ name });
      put(folder);
      return folder;
    },
    async rename(folderId, name) {
      put(await client.folders.rename({ folderId, name }));
    },
    async collapse(folderId, collapsed) {
      const known = get().folders.find(({ id }) => id === folderId);
      // At once: the rows are under the pointer.
      if (known) put({ ...known, collapsed });
      try {
        await client.folders.collapse({ folderId, collapsed });
      } catch (error) {
        if (known) put(known);
        throw error;
      }
    },
    async remove(folderId) {
      await client.folders.remove({ folderId });
    },
    async restore(folderId) {
      await client.folders.restore({ folderId });
    },
  }));
  const dispose = subscribe(
    (signal) => client.folders.watch(undefined, { signal }),
    (folders) => store.setState({ folders }),
  );
  return { ...store, dispose };
}
