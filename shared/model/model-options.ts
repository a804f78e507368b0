/** How the entries of the KV cache are stored; llama.cpp reads the quantised ones with flash attention only. */
export const kvTypes = ['f16', 'q8_0', 'q4_0'] as const;
export type KvType = (typeof kvTypes)[number];

export const flashAttentions = ['auto', 'on', 'off'] as const;
export type FlashAttention = (typeof flashAttentions)[number];

/** Whether the weights are read through a mapping of the file. */
export const mappings = ['auto', 'on', 'off'] as const;
export type Mapping = (typeof mappings)[number];

/**
 * What is tried as the next tokens, several of them checked in one calculation: what stood in the conversation before
 * (`lookup`), or what a smaller model would say (`draft`). What is answered does not change; it may come faster.
 */
export const speculations = ['off', 'lookup', 'draft'] as const;
export type Speculation = (typeof speculations)[number];

/** What a person may set for one model. Adapters are named by their ids in the library. */
export interface ModelOptions {
  readonly contextTokens: number | 'auto';
  readonly kvType: KvType;
  readonly flashAttention: FlashAttention;
  /** Layers that are calculated on the GPU, where there is one. */
  readonly gpuLayers: number | 'auto';
  readonly mapping: Mapping;
  /** Keeps the weights from being swapped out. */
  readonly locked: boolean;
  readonly speculation: Speculation;
  /** The smaller model that guesses ahead where `speculation` is `draft`; it must have the same vocabulary. */
  readonly draftModelId: string | null;
  readonly adapters: readonly { readonly modelId: string; readonly scale: number }[];
}

export const defaultModelOptions: ModelOptions = {
  contextTokens: 'auto',
  kvType: 'f16',
  flashAttention: 'auto',
  gpuLayers: 'auto',
  mapping: 'auto',
  locked: false,
  speculation: 'off',
  draftModelId: null,
  adapters: [],
};

/** Smallest and largest, both allowed. */
export const modelOptionRanges = {
  contextTokens: [256, 1_048_576],
  gpuLayers: [0, 512],
  adapters: [0, 8],
  adapterScale: [-4, 4],
} as const;

interface OptionConflict {
  readonly option: keyof ModelOptions;
  /** An English sentence. */
  readonly reason: string;
}

/** What does not go together, or not with this model, though each value by itself is in its range. */
export function findOptionConflict(
  options: ModelOptions,
  model: { readonly trainedContextTokens: number },
): OptionConflict | undefined {
  if (options.contextTokens !== 'auto' && options.contextTokens > model.trainedContextTokens) {
    const reason = `The model was made for ${model.trainedContextTokens} tokens, fewer than ${options.contextTokens}.`;
    return { option: 'contextTokens', reason };
  }
  if (options.kvType !== 'f16' && options.flashAttention === 'off') {
    return { option: 'kvType', reason: `${options.kvType} needs flash attention, which is switched off.` };
  }
  if (options.speculation === 'draft' && options.draftModelId === null) {
    return { option: 'draftModelId', reason: 'No model was named that guesses ahead.' };
  }
  if (new Set(options.adapters.map((adapter) => adapter.modelId)).size < options.adapters.length) {
    return { option: 'adapters', reason: 'An adapter is named twice.' };
  }
  return undefined;
}

/** Bytes that 32 entries of the KV cache take (`block_q8_0` and `block_q4_0` of ggml). */
const bytesOf32: Readonly<Record<KvType, number>> = { f16: 64, q8_0: 34, q4_0: 18 };

/** What is left of the bytes of 16-bit entries. */
export function kvShare(kvType: KvType): number {
  return bytesOf32[kvType] / bytesOf32.f16;
}
