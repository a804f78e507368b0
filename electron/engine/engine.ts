import type { EmbeddingModelV4, LanguageModelV4, RerankingModelV4 } from '@ai-sdk/provider';

import type { EngineState } from '../../shared/contract/index.ts';
import type { Adaptation } from '../../shared/model/adaptation.ts';
import type { EngineEffort, EnginePriority, EngineTuning } from '../../shared/model/engine-protocol.ts';
import type { DraftSize, KvWindow } from '../../shared/model/memory-need.ts';
import type { MemoryPressure } from '../ports.ts';
import type { Keeping, LoadPurpose } from './residency.ts';

/** A model file that passed the checks of the library: its header is sound and its needs are known. */
export interface CheckedModel {
  readonly id: string;
  /** Changes whenever the file does; without it a change of the file is not noticed. */
  readonly stamp?: string;
  readonly name: string;
  readonly path: string;
  /** Bytes of weights, as llama.cpp will hold them. */
  readonly weightsBytes: number;
  /** Bytes of KV cache for one token of one sequence with 16-bit entries. */
  readonly kvBytesPerToken: number;
  /** The part of these bytes that layers need for the last tokens only. */
  readonly window?: KvWindow | null;
  readonly trainedContextTokens: number;
  /** Words of the vocabulary; the estimate of the memory need is better with it. */
  readonly vocabularyTokens?: number;
  /** The smaller model that guesses ahead, where `tuning` names one. */
  readonly draft?: DraftSize;
  /** What the person has set; the weights' and the cache's bytes above are those that come of it. */
  readonly tuning?: EngineTuning;
  /** A context of just this size is wanted, or none. */
  readonly contextTokens?: number;
  /** It is loaded again when its context is shorter than this. */
  readonly leastContextTokens?: number;
}

export type ResidentState = { kind: 'loading'; fraction: number } | { kind: 'loaded'; contextTokens: number };

export interface Quarantine {
  readonly crashes: number;
  /** How the last crash came, as an English phrase. */
  readonly reason: string;
}

/** Runs local models. `LlamaEngine` does it with llama.cpp in a child process, `FakeEngine` with a script. */
export interface Engine extends AsyncDisposable {
  readonly state: EngineState;
  /** By model id; what is not listed is not in memory. */
  readonly residents: ReadonlyMap<string, ResidentState>;
  /** Resident size of the engine's process, null while there is none. */
  readonly memoryBytes: number | null;
  /** Set when the model crashed the engine so often that it is not loaded any more; a changed file begins anew. */
  quarantineOf(model: Pick<CheckedModel, 'id' | 'stamp'>): Quarantine | undefined;
  /** A person wants it tried once more; one crash more and it is quarantined again. */
  readmit(modelId: string): void;
  /** Called after every change of `state`, `residents`, `memoryBytes` or the quarantine; returns the function that ends it. */
  onChange(listener: () => void): () => void;
  /**
   * Brings a model into memory, evicting idle ones when it would not fit beside them. Loading twice joins the first.
   * One that is loaded `ahead` of being needed evicts nobody and is cancelled when another one is needed meanwhile.
   * @throws OUT_OF_MEMORY before anything is loaded, MODEL_QUARANTINED, MODEL_UNREADABLE, ENGINE_CRASHED, CANCELLED
   */
  load(model: CheckedModel, signal?: AbortSignal, purpose?: LoadPurpose): Promise<void>;
  /** Frees a model's memory after the answers it is writing. Unknown ids are ignored. */
  unload(modelId: string): Promise<void>;
  /** Which models stay, and how long the others do when nobody uses them. At first: all, for ever. */
  keep(keeping: Keeping): void;
  /** How hard to work, and how short memory is; under critical pressure idle models leave that are not pinned. */
  adjust(adjustment: EngineAdjustment): void;
  /**
   * The model as the AI SDK's provider type; it is loaded by its first call. `doStream` reports what it does through
   * `raw` parts holding an `EngineProgress` when `includeRawChunks` is set. Errors are `ClawdbotError`s, thrown by
   * `doStream` before the stream begins or delivered as an `error` part that ends it.
   */
  languageModel(model: CheckedModel): LanguageModelV4;
  /**
   * Vectors of texts, from a model that was made for that; it is loaded when it is not in memory.
   * @throws MODEL_UNSUPPORTED for any other model, and what `load` throws
   */
  embed(model: CheckedModel, texts: readonly string[], options?: ComparingOptions): Promise<EmbeddedTexts>;
  /**
   * How well documents answer a query, from a model that was made for that; it is loaded when it is not in memory.
   * @throws MODEL_UNSUPPORTED for any other model, and what `load` throws
   */
  rerank(
    model: CheckedModel,
    query: string,
    documents: readonly string[],
    options?: ComparingOptions,
  ): Promise<RankedTexts>;
  /** `embed` and `rerank` as the AI SDK's provider types. What was cut is in `providerMetadata.clawdbot.cut`. */
  embeddingModel(model: CheckedModel): EmbeddingModelV4;
  rerankingModel(model: CheckedModel): RerankingModelV4;
  /**
   * Keeps nothing of what was calculated for a conversation. Calls name it as `providerOptions.clawdbot.conversation`.
   */
  forget(conversationId: string): void;
}

/** What was changed lately because of the machine's state. */
export interface Adaptations {
  /** Oldest first; only the newest are kept. */
  readonly history: readonly Adaptation[];
  /** Returns the function that ends it. */
  onChange(listener: (history: readonly Adaptation[]) => void): () => void;
}

export interface EngineAdjustment {
  readonly effort: EngineEffort;
  readonly pressure: MemoryPressure;
}

export interface ComparingOptions {
  readonly signal?: AbortSignal;
  /** Default: `background`. */
  readonly priority?: EnginePriority;
}

interface ComparedTexts {
  /** Indices of texts of which only the beginning was read. */
  readonly cut: readonly number[];
  readonly tokens: number;
}

export interface EmbeddedTexts extends ComparedTexts {
  /** Of length 1, in the order of the texts. */
  readonly vectors: readonly Float32Array[];
}

export interface RankedTexts extends ComparedTexts {
  /** In the order of the documents, larger for what answers better; their range depends on the model. */
  readonly scores: readonly number[];
}

/** Content of `raw` stream parts. `atMs` is epoch time when the following text left the sampler. */
export type EngineProgress =
  | { phase: 'restarting' }
  /** The conversation is longer than the context; the model is loaded again with one of at least so many tokens. */
  | { phase: 'growing'; contextTokens: number }
  | { phase: 'loading'; fraction: number }
  | { phase: 'queued'; ahead: number }
  | { phase: 'reading'; readTokens: number; cachedTokens: number; totalTokens: number };
