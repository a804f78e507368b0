import { createModelsStore, type ModelsStore } from '../models/models-store.ts';
import type { Client } from '../rpc/client.ts';
import { createSettingsStore, type SettingsStore } from '../settings/settings-store.ts';
import { createConversationsStore, type ConversationsStore } from '../sidebar/conversations-store.ts';
import { createSearchStore, type SearchStore } from '../sidebar/search-store.ts';
import { createStatusStore, type StatusStore } from './status-store.ts';

/** What the features know of the host, one store each. */
export interface Stores {
  readonly conversations: ConversationsStore;
  readonly models: ModelsStore;
  readonly settings: SettingsStore;
  readonly search: SearchStore;
  readonly status: StatusStore;
}

export function createStores(client: Client): Stores & { dispose(): void } {
  const followed = {
    conversations: createConversationsStore(client),
    models: createModelsStore(client),
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
