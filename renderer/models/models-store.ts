import { createStore, type StoreApi } from 'zustand/vanilla';

import type { ModelInfo, ModelList } from '../../shared/contract/index.ts';
import type { ModelOptions } from '../../shared/model/model-options.ts';
import type { Adaptation } from '../../shared/model/adaptation.ts';
import type { Client } from '../rpc/client.ts';
import { subscribe } from '../rpc/subscribe.ts';

export interface ModelsState {
  /** Null until the host has answered. */
  readonly list: ModelList | null;
  /** Why answers come faster or more slowly than before, oldest first. */
  readonly adaptations: readonly Adaptation[];
  use(modelId: string): Promise<void>;
  options(modelId: string): Promise<ModelOptions>;
  /** Ids of models that can guess ahead for it. */
  drafters(modelId: string): Promise<readonly string[]>;
  /** Gives what is stored now. */
  setOptions(modelId: string, options: ModelOptions): Promise<ModelOptions>;
  unload(modelId: string): Promise<void>;
  /** It is only a guess that the model will be needed: nothing is said when it cannot be loaded. */
  preload(modelId: string, signal: AbortSignal): void;
  pin(modelId: string, pinned: boolean): Promise<void>;
  rescan(): Promise<void>;
}

export type ModelsStore = StoreApi<ModelsState> & { dispose(): void };

export function createModelsStore(client: Client): ModelsStore {
  const store = createStore<ModelsState>()((set) => ({
    list: null,
    adaptations: [],
    preload(modelId, signal) {
      client.models.preload({ modelId }, { signal }).catch(() => undefined);
    },
    async pin(modelId, pinned) {
      await client.models.pin({ modelId, pinned });
    },
    async use(modelId) {
      await client.models.use({ modelId });
    },
    options: (modelId) => client.models.options({ modelId }),
    drafters: async (modelId) => (await client.models.drafters({ modelId })).modelIds,
    setOptions: (modelId, options) => client.models.setOptions({ modelId, options }),
    async unload(modelId) {
      await client.models.unload({ modelId });
    },
    async rescan() {
      set({ list: await client.models.rescan() });
    },
  }));
  const ends = [
    subscribe(
      (signal) => client.models.watch(undefined, { signal }),
      (list) => store.setState({ list }),
    ),
    subscribe(
      (signal) => client.app.watchAdaptations(undefined, { signal }),
      (adaptations) => store.setState({ adaptations }),
    ),
  ];
  const dispose = (): void => ends.forEach((end) => end());
  return { ...store, dispose };
}

/** The model that answers new messages. */
export function defaultModel(list: ModelList | null): ModelInfo | undefined {
  return list?.models.find((model) => model.id === list.defaultModelId);
}

/**
 * The models as a thread needs them: the same list until one comes, goes, is renamed or changes its kind of state. The
 * host sends the whole list with every new estimate, which is just before every first word.
 */
export function createModelsSelector(): (state: Pick<ModelsState, 'list'>) => readonly ModelInfo[] | undefined {
  let before: readonly ModelInfo[] | undefined;
  return ({ list }) => {
    const models = list?.models;
    const same =
      models !== undefined &&
      models.length === before?.length &&
      models.every((model, index) => isSameChoice(model, before?.[index]));
    if (!same) before = models;
    return before;
  };
}

function isSameChoice(model: ModelInfo, before: ModelInfo | undefined): boolean {
  return model.id === before?.id && model.name === before.name && model.state.kind === before.state.kind;
}

/** Those that can be laid over a model. */
export function adaptersFor(list: ModelList, model: ModelInfo): ModelInfo[] {
  return list.models.filter((other) => other.isAdapter === true && other.architecture === model.architecture);
}
