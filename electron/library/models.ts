import type { LanguageModelV4 } from '@ai-sdk/provider';

import type { ModelInfo, ModelList } from '../../shared/contract/index.ts';
import type { ModelOptions } from '../../shared/model/model-options.ts';
import type { CheckedModel } from '../engine/engine.ts';
import type { ComparingFacts } from './found-model.ts';

/** The models this machine has: what they are, which one answers, and what each is doing. */
export interface Models extends AsyncDisposable {
  /** The whole list now, and again after every change. */
  watch(signal: AbortSignal): AsyncIterable<ModelList>;
  current(): ModelList;
  rescan(): Promise<ModelList>;
  /** Makes the default and begins to load, also one that was set aside. @throws MODEL_NOT_FOUND, MODEL_UNREADABLE, OUT_OF_MEMORY */
  use(modelId: string): void;
  /** @throws MODEL_NOT_FOUND */
  options(modelId: string): ModelOptions;
  /** Ids of models that can guess ahead for it, the smallest first. @throws MODEL_NOT_FOUND */
  drafters(modelId: string): string[];
  /**
   * Stores what the person wants and loads the model anew when it is in memory.
   * @throws MODEL_NOT_FOUND, MODEL_UNREADABLE, MODEL_UNSUPPORTED naming the option that does not fit
   */
  setOptions(modelId: string, options: ModelOptions): ModelOptions;
  unload(modelId: string): Promise<void>;
  /**
   * Loads a model that may soon be needed, the default for null; nobody leaves for it, and nothing is said when it cannot
   * be. A signal that aborts cancels it unless it has begun to read.
   */
  preload(modelId: string | null, signal?: AbortSignal): Promise<void>;
  pin(modelId: string, pinned: boolean): void;
  /**
   * The named model, or the default for null. `contextTokens` is what it reads at a time, estimated while it is not in
   * memory.
   * @throws NO_MODEL, MODEL_NOT_FOUND, MODEL_QUARANTINED, MODEL_UNREADABLE, OUT_OF_MEMORY
   */
  choose(modelId: string | null): { info: ModelInfo; model: LanguageModelV4; contextTokens: number };
  /** The model that compares texts in this way; undefined when there is none that can be used. */
  comparing(purpose: ComparingFacts['purpose']): ComparingModel | undefined;
  /** Called after every change of the list; returns the function that ends it. */
  onChange(listener: () => void): () => void;
}

export interface ComparingModel {
  readonly checked: CheckedModel;
  readonly architecture: string;
  /** Changes whenever what it makes of texts may. */
  readonly key: string;
}
