/** What is known of a model before it is loaded. */
export interface ModelSize {
  /** Bytes of weights, as llama.cpp will hold them. */
  readonly weightsBytes: number;
  /** Bytes of KV cache for one token of one sequence with 16-bit entries. */
  readonly kvBytesPerToken: number;
  readonly trainedContextTokens: number;
  /** Words of the vocabulary; without it a small one is assumed. */
  readonly vocabularyTokens?: number;
  /** A context of just this size is wanted, or none. */
  readonly contextTokens?: number;
}

export interface MemoryNeed {
  readonly weightsBytes: number;
  readonly kvBytes: number;
  /** Scratch memory of the calculation, and what llama.cpp keeps beside the weights. */
  readonly computeBytes: number;
  readonly totalBytes: number;
}

const mebibyte = 1024 * 1024;
// Measured on models of 0.5 and 1.5 billion weights with 152,000 words: llama.cpp and its binding keep about a kilobyte
// for each word, and the scratch memory grows with the model.
const fixedComputeBytes = 16 * mebibyte;
const bytesPerVocabularyToken = 1024;
const assumedVocabularyTokens = 8_000;
const computeShareOfWeights = 0.04;

/** llama.cpp reserves the KV cache of every sequence in full when the context is made, used or not. */
export function estimateMemoryNeed(request: {
  readonly weightsBytes: number;
  readonly kvBytesPerToken: number;
  readonly contextTokens: number;
  readonly sequences: number;
  readonly vocabularyTokens?: number;
}): MemoryNeed {
  const kvBytes = request.kvBytesPerToken * request.contextTokens * request.sequences;
  const vocabularyBytes = (request.vocabularyTokens ?? assumedVocabularyTokens) * bytesPerVocabularyToken;
  const computeBytes = fixedComputeBytes + vocabularyBytes + Math.ceil(request.weightsBytes * computeShareOfWeights);
  return {
    weightsBytes: request.weightsBytes,
    kvBytes,
    computeBytes,
    totalBytes: request.weightsBytes + kvBytes + computeBytes,
  };
}

export interface ContextPlan {
  readonly contextTokens: number;
  /** Answers that can be written side by side. */
  readonly sequences: number;
  readonly neededBytes: number;
}

const contextSteps = [8192, 6144, 4096, 2048, 1024, 512];
const fewestSequences = 2;
const mostSequences = 4;
/** More than two sequences are a comfort; they may not take more than this share of the memory. */
const comfortShare = 1 / 8;

/** Context sizes worth offering for a model, largest first. A model trained on less than the least step gets its own. */
export function contextChoices(trainedContextTokens: number): number[] {
  const choices = contextSteps.filter((step) => step <= trainedContextTokens);
  const largest = contextSteps[0] ?? trainedContextTokens;
  if (trainedContextTokens < largest && !choices.includes(trainedContextTokens)) choices.unshift(trainedContextTokens);
  return choices;
}

/** The largest context that fits into `budgetBytes`, with 2 to 4 sequences; undefined when not even the least does. */
export function chooseContext(model: ModelSize, budgetBytes: number): ContextPlan | undefined {
  for (const contextTokens of wantedContexts(model)) {
    for (let sequences = mostSequences; sequences >= fewestSequences; sequences -= 1) {
      const need = estimateMemoryNeed({ ...model, contextTokens, sequences });
      if (need.totalBytes > budgetBytes) continue;
      if (sequences > fewestSequences && need.kvBytes > budgetBytes * comfortShare) continue;
      return { contextTokens, sequences, neededBytes: need.totalBytes };
    }
  }
  return undefined;
}

/** Below this no model is loaded. */
export function leastMemoryBytes(model: ModelSize): number {
  const contextTokens = wantedContexts(model).at(-1) ?? model.trainedContextTokens;
  return estimateMemoryNeed({ ...model, contextTokens, sequences: fewestSequences }).totalBytes;
}

function wantedContexts({ contextTokens, trainedContextTokens }: ModelSize): number[] {
  return contextTokens === undefined ? contextChoices(trainedContextTokens) : [contextTokens];
}
