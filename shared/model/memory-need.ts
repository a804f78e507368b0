/** Layers that look back over the last tokens only. */
export interface KvWindow {
  /** How far they look back. */
  readonly tokens: number;
  /** Bytes of KV cache that one token takes in these layers, part of the model's. */
  readonly kvBytesPerToken: number;
}

/** What is known of a model before it is loaded. */
export interface ModelSize {
  /** Bytes of weights, as llama.cpp will hold them. */
  readonly weightsBytes: number;
  /** Bytes of KV cache for one token of one sequence, in the type that its entries have. */
  readonly kvBytesPerToken: number;
  readonly window?: KvWindow | null;
  readonly trainedContextTokens: number;
  /** Words of the vocabulary; without it a small one is assumed. */
  readonly vocabularyTokens?: number;
  /** A context of just this size is wanted, or none. */
  readonly contextTokens?: number;
  /** A conversation needs so many; the smallest size that is enough is wanted. */
  readonly leastContextTokens?: number;
  /** A smaller model that guesses ahead for it. */
  readonly draft?: DraftSize;
}

/** It follows one answer at a time, so it has one context as long as the model's. */
export type DraftSize = Pick<ModelSize, 'weightsBytes' | 'kvBytesPerToken' | 'vocabularyTokens'>;

export interface MemoryNeed {
  readonly weightsBytes: number;
  readonly kvBytes: number;
  /** Scratch memory of the calculation, and what llama.cpp keeps beside the weights. */
  readonly computeBytes: number;
  /** All that the model which guesses ahead takes; 0 without one. */
  readonly draftBytes: number;
  readonly totalBytes: number;
}

const mebibyte = 1024 * 1024;
// Measured on models of 0.5 and 1.5 billion weights with 152,000 words: llama.cpp and its binding keep about a kilobyte
// for each word, and the scratch memory grows with the model.
const fixedComputeBytes = 16 * mebibyte;
const bytesPerVocabularyToken = 1024;
const assumedVocabularyTokens = 8_000;
const computeShareOfWeights = 0.04;

/**
 * How many whole contexts the answers written side by side share: enough for two long ones at once, which is rare, or for
 * many short ones. The engine's process makes exactly so many.
 */
export function sharedContexts(sequences: number): number {
  return Math.max(1, Math.ceil(sequences / 2));
}

/** Conversations that are remembered beside those that are being answered. */
export const restingSequences = 4;
/** Tokens of one calculation, and the step in which llama.cpp makes room (`llama_kv_cache_iswa`). */
const calculatedTokens = 512;
const roomStep = 256;

/**
 * What a model takes with room for `sequences` answers side by side. llama.cpp reserves the memory of a context in full
 * when it is made, used or not. Layers that look back over a window only are kept whole as well, unless `windowed`: then
 * they have room for a window of each conversation, and a conversation can be gone back in only a little.
 */
export function estimateMemoryNeed(request: {
  readonly weightsBytes: number;
  readonly kvBytesPerToken: number;
  readonly contextTokens: number;
  readonly sequences: number;
  readonly vocabularyTokens?: number;
  readonly draft?: DraftSize;
  readonly window?: KvWindow | null;
  readonly windowed?: boolean;
}): MemoryNeed {
  const cells = request.contextTokens * sharedContexts(request.sequences);
  const savedCells = request.windowed && request.window ? cells - windowCells(request.window, request, cells) : 0;
  const savedBytes = savedCells * (request.window?.kvBytesPerToken ?? 0);
  const kvBytes = Math.ceil(request.kvBytesPerToken * cells - savedBytes);
  const vocabularyBytes = (request.vocabularyTokens ?? assumedVocabularyTokens) * bytesPerVocabularyToken;
  const computeBytes = fixedComputeBytes + vocabularyBytes + Math.ceil(request.weightsBytes * computeShareOfWeights);
  const { draft, contextTokens } = request;
  const draftBytes = draft ? estimateMemoryNeed({ ...draft, contextTokens, sequences: 1 }).totalBytes : 0;
  return {
    weightsBytes: request.weightsBytes,
    kvBytes,
    computeBytes,
    draftBytes,
    totalBytes: request.weightsBytes + kvBytes + computeBytes + draftBytes,
  };
}

function windowCells({ tokens }: KvWindow, { sequences }: { readonly sequences: number }, cells: number): number {
  const wanted = Math.min(cells, tokens * (sequences + restingSequences) + calculatedTokens);
  return Math.min(cells, Math.ceil(wanted / roomStep) * roomStep);
}

export interface ContextPlan {
  readonly contextTokens: number;
  /** Answers that can be written side by side. */
  readonly sequences: number;
  /** Layers with a window keep no more than it: only so there is room for a context of this size. */
  readonly windowed?: true;
  readonly neededBytes: number;
}

const contextSteps = [8192, 6144, 4096, 2048, 1024, 512];
const longerSteps = [131_072, 98_304, 65_536, 49_152, 32_768, 24_576, 16_384, 12_288];
/** A longer one is taken at once where it costs no more than this share of the memory, for as many as ever side by side. */
const longShare = 1 / 16;
/** And a conversation may come to have one that costs so much, unless somebody asks for more at a time. */
const grownShare = 1 / 4;
const longestByItself = 32_768;
const fewestSequences = 2;
const sequenceSteps = [8, 4, fewestSequences];
/** More than two sequences are a comfort; they may not take more than this share of the memory. */
const comfortShare = 1 / 8;

/** Context sizes worth offering for a model, largest first. A model trained on less than the least step gets its own. */
export function contextChoices(trainedContextTokens: number): number[] {
  const choices = contextSteps.filter((step) => step <= trainedContextTokens);
  const largest = contextSteps[0] ?? trainedContextTokens;
  if (trainedContextTokens < largest && !choices.includes(trainedContextTokens)) choices.unshift(trainedContextTokens);
  return choices;
}

/**
 * The largest context that fits into `budgetBytes`, with 2 to 8 sequences; more than 8,192 tokens only where that costs
 * little. Undefined when not even the least does. Where a conversation needs so many tokens, the smallest that has them.
 */
export function chooseContext(model: ModelSize, budgetBytes: number): ContextPlan | undefined {
  const ways = model.window ? [{}, { windowed: true } as const] : [{}];
  for (const contextTokens of wantedContexts(model)) {
    for (const way of ways) {
      for (const sequences of sequenceSteps) {
        const need = estimateMemoryNeed({ ...model, ...way, contextTokens, sequences });
        if (need.totalBytes > budgetBytes) continue;
        if (sequences > fewestSequences && need.kvBytes > budgetBytes * comfortShare) continue;
        const plan = { contextTokens, sequences, ...way, neededBytes: need.totalBytes };
        return isFree(model) && contextTokens === contextSteps[0] ? lengthen(model, plan, budgetBytes) : plan;
      }
    }
  }
  return undefined;
}

/**
 * How long a conversation may become before it has to be shortened: the context that the model would be given for it
 * if it were loaded again. At most 32,768 tokens, and a quarter of the memory for them.
 */
export function reachableContext(model: ModelSize, budgetBytes: number): number | undefined {
  const plan = chooseContext(model, budgetBytes);
  if (!plan || !isFree(model)) return plan?.contextTokens;
  const sequences = fewestSequences;
  const longest = longerSteps.find((contextTokens) => {
    if (contextTokens > Math.min(model.trainedContextTokens, longestByItself)) return false;
    const need = estimateMemoryNeed({ ...model, contextTokens, sequences });
    return need.totalBytes <= budgetBytes && need.kvBytes <= budgetBytes * grownShare;
  });
  return Math.max(plan.contextTokens, longest ?? 0);
}

/** Below this no model is loaded. */
export function leastMemoryBytes(model: ModelSize): number {
  const contextTokens = Math.min(model.trainedContextTokens, ...wantedContexts(model));
  const windowed = Boolean(model.window);
  return estimateMemoryNeed({ ...model, windowed, contextTokens, sequences: fewestSequences }).totalBytes;
}

/** Nobody has said how long its context is to be. */
function isFree({ contextTokens, leastContextTokens }: ModelSize): boolean {
  return contextTokens === undefined && leastContextTokens === undefined;
}

function lengthen(model: ModelSize, plan: ContextPlan, budgetBytes: number): ContextPlan {
  const { sequences, windowed = false } = plan;
  if (sequences !== sequenceSteps[0]) return plan;
  for (const contextTokens of longerSteps) {
    if (contextTokens > Math.min(model.trainedContextTokens, longestByItself)) continue;
    const need = estimateMemoryNeed({ ...model, windowed, contextTokens, sequences });
    if (need.totalBytes > budgetBytes || need.kvBytes > budgetBytes * longShare) continue;
    return { ...plan, contextTokens, neededBytes: need.totalBytes };
  }
  return plan;
}

function wantedContexts({ contextTokens, leastContextTokens, trainedContextTokens }: ModelSize): number[] {
  if (contextTokens !== undefined) return [contextTokens];
  if (leastContextTokens === undefined) return contextChoices(trainedContextTokens);
  return [...longerSteps, ...contextSteps, trainedContextTokens]
    .filter((step) => step >= leastContextTokens && step <= trainedContextTokens)
    .toSorted((a, b) => a - b);
}

/** The bytes of a model's cache when its entries take that share of 16-bit ones. */
export function withKvShare(
  { kvBytesPerToken, window = null }: Pick<ModelSize, 'kvBytesPerToken' | 'window'>,
  share: number,
) {
  return {
    kvBytesPerToken: kvBytesPerToken * share,
    window: window && { ...window, kvBytesPerToken: window.kvBytesPerToken * share },
  };
}
