import { createAttachmentsStore, tryTabStorage, type AttachmentsStore } from '../documents/attachments-store.ts';
import { createDroppedFoldersStore, type DroppedFoldersStore } from '../documents/folders/folders-store.ts';
import { createCollectionsStore, type CollectionsStore } from '../library/collections-store.ts';
import { createModelsStore, type ModelsStore } from '../models/models-store.ts';
import type { Client } from '../rpc/client.ts';
import { createPresetsStore, type PresetsStore } from '../setup/presets-store.ts';
import { createSetupStore, type SetupStore } from '../setup/setup-store.ts';
import { createSettingsStore, type SettingsStore } from '../settings/settings-store.ts';
import { createFoldersStore, type FoldersStore } from '../sidebar/folders-store.ts';
import { createConversationsStore, type ConversationsStore } from '../sidebar/conversations-store.ts';
import { createSearchStore, type SearchStore } from '../sidebar/search-store.ts';
import { createStatusStore, type StatusStore } from './status-store.ts';

/** What the features know of the host, one store each. */
export interface Stores {
  readonly attachments: AttachmentsStore;
  readonly collections: CollectionsStore;
  readonly conversations: ConversationsStore;
  readonly droppedFolders: DroppedFoldersStore;
  readonly folders: FoldersStore;
  readonly models: ModelsStore;
  readonly presets: PresetsStore;
  readonly setup: SetupStore;
  readonly settings: SettingsStore;
  readonly search: SearchStore;
  readonly status: StatusStore;
}

export function createStores(client: Client): Stores & { dispose(): void } {
  const followed = {
    attachments: createAttachmentsStore(client, tryTabStorage()),
    collections: createCollectionsStore(client),
    conversations: createConversationsStore(client),
    droppedFolders: createDroppedFoldersStore(client),
    folders: createFoldersStore(client),
    models: createModelsStore(client),
    presets: createPresetsStore(client),
    setup: createSetupStore(client),
    settings: createSettingsStore(client),
    status: createStatusStore(client),
  };
  return {
    ...followed,
    search: createSearchStore(client),
    dispose() {
      for (const store of Object.values(followed)) store.dispose();
    },
  };
}
