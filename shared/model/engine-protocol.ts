import type { FlashAttention, KvType, Mapping, Speculation } from './model-options.ts';

/**
 * Messages between the supervisor and the engine's process. Plain data only (structured clone).
 * The host answers each request with reports that carry its `id`. A message of the host is one report or an array of
 * them.
 */
export type EngineRequest =
  | { type: 'load'; id: number; model: EngineModelFile; options: EngineLoadOptions }
  | { type: 'unload'; id: number; modelId: string }
  | {
      type: 'generate';
      id: number;
      modelId: string;
      prompt: readonly EngineTurn[];
      sampling: EngineSampling;
      /** Default: `person`. */
      priority?: EnginePriority;
      /** Whose answer it is: 16 hexadecimal digits that mean nothing to the host. What is kept of it can be forgotten. */
      owner?: string;
    }
  /** Nothing that was read or written for this owner is kept, in memory or on disk. Not answered. */
  | { type: 'forget'; owner: string }
  | {
      type: 'embed';
      id: number;
      modelId: string;
      texts: readonly string[];
      /** Default: `background`. */
      priority?: EnginePriority;
    }
  | {
      type: 'rerank';
      id: number;
      modelId: string;
      query: string;
      documents: readonly string[];
      /** Default: `background`. */
      priority?: EnginePriority;
    }
  /** Ends a request early; it then reports `failed` with `CANCELLED`, or `finished` with `aborted`. */
  | { type: 'abort'; id: number }
  /** How hard to work from now on, for every model. Not answered. */
  | { type: 'limit'; effort: EngineEffort }
  | { type: 'shutdown' };

export interface EngineModelFile {
  readonly id: string;
  readonly name: string;
  readonly path: string;
}

export interface EngineLoadOptions {
  readonly contextTokens: number;
  /** Answers that can be written side by side. */
  readonly sequences: number;
  /** Layers that look back over a window only keep no more than that. */
  readonly windowed?: boolean;
  /** Null leaves it to the host: one for every core that is good at arithmetic. */
  readonly threads: number | null;
  /** Prompt tokens read at most between two looks at the abort flag; a slow machine reads fewer. */
  readonly batchTokens: number;
  /** Where calculated conversations are kept over a restart; absent: nowhere. */
  readonly snapshots?: EngineSnapshots;
  /** What a person may set for the model; llama.cpp's own choices when it is left out. */
  readonly tuning?: EngineTuning;
}

export interface EngineSnapshots {
  readonly directory: string;
  /** 32 bytes that everything there is encrypted with. */
  readonly key: Uint8Array;
  /** Most bytes of all files there, of whichever models. */
  readonly budgetBytes: number;
  /** Most bytes of one model's states that are kept in memory beside those being calculated. */
  readonly memoryBudgetBytes: number;
}

/** See `ModelOptions` for what they mean; here files are named by their paths. */
export interface EngineTuning {
  readonly kvType: KvType;
  readonly flashAttention: FlashAttention;
  readonly gpuLayers: number | 'auto';
  readonly mapping: Mapping;
  readonly locked: boolean;
  readonly adapters: readonly EngineAdapter[];
  readonly speculation: Speculation;
  /** The file of the model that guesses ahead where `speculation` is `draft`. */
  readonly draftPath?: string;
}

/** A LoRA adapter; a scale of 1 is what it was made for. */
export interface EngineAdapter {
  readonly path: string;
  readonly scale: number;
}

export const defaultTuning: EngineTuning = {
  kvType: 'f16',
  flashAttention: 'auto',
  gpuLayers: 'auto',
  mapping: 'auto',
  locked: false,
  adapters: [],
  speculation: 'off',
};

/** What the state of the machine allows; a model never gets more than it was loaded for. */
export interface EngineEffort {
  /** Answers calculated side by side. */
  readonly parallel: number;
  /** Prompt tokens read at most at once. */
  readonly batchTokens: number;
  /** The part of its threads that each model may use, more than 0 and up to 1; one thread is always left. */
  readonly threadShare: number;
  /** Work of priority `background` waits until this ends. */
  readonly backgroundPaused: boolean;
}

/** A final turn of role `assistant` is continued, not answered. */
export interface EngineTurn {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  /** Of a tool: what it found. */
  readonly text: string;
  /** Tools that the assistant called after the text. */
  readonly calls?: readonly EngineCall[];
  /** The tool that found it. */
  readonly name?: string;
}

export interface EngineCall {
  readonly name: string;
  /** JSON. */
  readonly input: string;
}

/** Something that a model may ask for. */
export interface EngineTool {
  readonly name: string;
  readonly description: string;
  /** JSON schema of the input, as JSON. */
  readonly schema: string;
}

/** How words are chosen; the steps in llama.cpp's order: penalties, top-k, top-p, min-p, temperature. */
export interface EngineSampling {
  /** 0 is always the most probable word. */
  readonly temperature: number;
  /** 0 is all. */
  readonly topK: number;
  /** 1 is all. */
  readonly topP: number;
  /** Least probability, as a share of the most probable word's; 0 is all. */
  readonly minP: number;
  /** Logits of words seen are divided by it (multiplied below zero); 1 is off. */
  readonly repeatPenalty: number;
  /** Taken off a logit for each time the word was seen; 0 is off. */
  readonly frequencyPenalty: number;
  /** Taken off a logit when the word was seen at all; 0 is off. */
  readonly presencePenalty: number;
  /** How many of the last tokens, the prompt's among them, the three penalties look at. */
  readonly penaltyTokens: number;
  readonly seed: number | null;
  readonly maxTokens: number | null;
  readonly stop: readonly string[];
  /** What may be called; the calls come as text, in the form of the model. */
  readonly tools: readonly EngineTool[];
  /** Whether a model that can think before it answers may do so. */
  readonly reasoning: boolean;
  /** What the answer must match, in GBNF with a rule `root`. Reasoning before the answer is free. */
  readonly grammar: string | null;
  /** How many alternatives to tell for each token with its own log probability; null is no log probabilities at all. */
  readonly logprobs: number | null;
}

/** Who waits for an answer; a person goes before a program, and both before work that nobody waits for. */
export type EnginePriority = 'person' | 'api' | 'background';

export type EngineFinish = 'stop' | 'length' | 'aborted';

export type EngineReport =
  /** `release` is llama.cpp's; `direct` tells that its own functions are called, not node-llama-cpp's classes. */
  | { type: 'ready'; release?: string; direct?: boolean }
  /** llama.cpp cannot be used on this machine; the process ends after saying so. `reason` is an English sentence. */
  | { type: 'unavailable'; reason: string }
  | { type: 'loading'; id: number; fraction: number }
  | { type: 'loaded'; id: number; contextTokens: number; memoryBytes: number }
  | { type: 'unloaded'; id: number }
  /**
   * A `generate`, `embed` or `rerank` is looked at from now on; if the process ends before saying so, the request did
   * not do it.
   */
  | { type: 'begun'; id: number }
  | { type: 'queued'; id: number; ahead: number }
  | { type: 'reading'; id: number; readTokens: number; cachedTokens: number; totalTokens: number }
  | EngineText
  | { type: 'finished'; id: number; finish: EngineFinish; usage: EngineUsage }
  /** Of length 1, in the order of the texts. `cut` holds the indices of texts of which only the beginning was read. */
  | { type: 'embedded'; id: number; vectors: readonly Float32Array[]; cut: readonly number[]; tokens: number }
  /** In the order of the documents, larger for what answers the query better. */
  | { type: 'ranked'; id: number; scores: readonly number[]; cut: readonly number[]; tokens: number }
  | { type: 'failed'; id: number; error: EngineFailure }
  /** Sent every second while something is loaded. */
  | { type: 'memory'; residentBytes: number }
  /**
   * Sent every second while there is work, from the event loop. `steps` counts what was achieved so far: parts of a file
   * read, calculations done. The receiver measures the time between, with its own clock.
   */
  | { type: 'beat'; steps: number };

export interface EngineText {
  readonly type: 'text';
  readonly id: number;
  readonly text: string;
  /** Thought before the answer, not part of it. */
  readonly reasoning?: boolean;
  readonly tokens: number;
  /** Of the tokens that became known with this text, when they were asked for. */
  readonly logprobs?: readonly EngineLogprob[];
  /** Epoch time with fractions, taken when the text left the sampler. */
  readonly atMs: number;
}

/** Before any change by the sampling options. */
export interface EngineLogprob {
  readonly token: string;
  /** Natural logarithm of the probability. */
  readonly logprob: number;
  /** Most probable first. */
  readonly top: readonly { readonly token: string; readonly logprob: number }[];
}

export interface EngineUsage {
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly replyTokens: number;
  /** Tokens that were guessed ahead, and how many of them were right; absent when nothing was guessed. */
  readonly guesses?: { readonly proposed: number; readonly right: number };
}

export type EngineFailure =
  | { code: 'CANCELLED' }
  | { code: 'MODEL_UNREADABLE'; reason: string }
  | { code: 'OUT_OF_MEMORY'; neededBytes: number }
  | { code: 'CONTEXT_FULL'; neededTokens: number; contextTokens: number }
  /** `what` is an option of `EngineTuning`, or `answers`, `embeddings`, `reranking`; `reason` is an English sentence. */
  | { code: 'UNSUPPORTED'; what: string; reason: string }
  /** `option` is the name that the caller gave it; `reason` an English sentence with a full stop. */
  | { code: 'OPTION_REFUSED'; option: string; reason: string }
  | { code: 'INTERNAL'; reason: string };
