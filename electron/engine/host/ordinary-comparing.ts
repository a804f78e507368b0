import type { LlamaModel, Token } from 'node-llama-cpp';
import { defaultTuning, type EngineLoadOptions, type EngineModelFile } from '../../../shared/model/engine-protocol.ts';
import type { GgufSummary } from '../../../shared/model/gguf/inspect.ts';
import { weightsShare } from '../../../shared/model/load-progress.ts';
import { estimateMemoryNeed } from '../../../shared/model/memory-need.ts';
import { purposeReasons } from '../../../shared/model/gguf/purpose.ts';
import { mostTokensOfText, requireComparingTuning, type Comparing } from './comparing.ts';
import type { LlamaRuntime } from './llama.ts';
import { attemptLoad } from './attempt-load.ts';
import type { ResidentModel } from './resident-model.ts';
import { unitVector } from './unit-vector.ts';
import { UnsupportedError } from './unsupported-error.ts';

/** What a template or the vocabulary puts around a text. */
const marks = 16;

/**
 * A model that turns texts into vectors, calculated by node-llama-cpp's classes: one text after the other. Ranking is left
 * to llama.cpp's own functions, because these classes put other marks between a question and a text than models of the BERT
 * families were made with, and rank otherwise.
 * @throws LoadError, UnsupportedError, or the signal's reason
 */
export async function loadOrdinaryComparing(
  runtime: LlamaRuntime,
  file: EngineModelFile,
  options: EngineLoadOptions,
  summary: GgufSummary,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<ResidentModel> {
  if (summary.purpose !== 'embedding') {
    throw new UnsupportedError('reranking', "It can only be calculated through node-llama-cpp's classes here.");
  }
  requireComparingTuning(options.tuning ?? defaultTuning);
  const contextSize = Math.min(options.contextTokens, summary.trainedContextTokens, mostTokensOfText);
  const need = estimateMemoryNeed({
    ...summary,
    contextTokens: contextSize,
    sequences: 1,
    vocabularyTokens: summary.vocabularySize,
  });
  const neededBytes = need.totalBytes;
  runtime.takeComplaints();
  const { llama } = runtime;
  const ignoreMemorySafetyChecks = llama.gpu === false;
  const threads = options.threads ?? runtime.usefulThreads;
  llama.maxThreads = threads;
  const model = await attemptLoad({ code: 'MODEL_UNREADABLE', neededBytes }, runtime, signal, () =>
    llama.loadModel({
      modelPath: file.path,
      ignoreMemorySafetyChecks,
      loadSignal: signal,
      onLoadProgress: (fraction) => onProgress(fraction * weightsShare),
    }),
  );
  try {
    const context = { contextSize, batchSize: contextSize, threads, ignoreMemorySafetyChecks, createSignal: signal };
    const comparing = await attemptLoad({ code: 'OUT_OF_MEMORY', neededBytes }, runtime, signal, () =>
      openEmbedding(model, context),
    );
    onProgress(1);
    return {
      contextTokens: contextSize,
      memoryBytes: neededBytes,
      answer: () => Promise.reject(new UnsupportedError('answers', purposeReasons.embedding)),
      forget: () => undefined,
      limit({ threadShare }) {
        llama.maxThreads = Math.max(1, Math.round(threads * threadShare));
      },
      ...comparing,
      async [Symbol.asyncDispose]() {
        await model.dispose();
      },
    };
  } catch (error) {
    await model.dispose();
    throw error;
  }
}

type ContextOptions = NonNullable<Parameters<LlamaModel['createEmbeddingContext']>[0]> & { contextSize: number };

async function openEmbedding(model: LlamaModel, options: ContextOptions): Promise<Comparing> {
  const context = await model.createEmbeddingContext(options);
  return {
    async embed({ texts, signal }) {
      const read = texts.map((text) => cutTo(model.tokenize(text), options.contextSize - marks));
      const vectors: Float32Array[] = [];
      for (const { tokens } of read) {
        signal.throwIfAborted();
        const { vector } = await context.getEmbeddingFor(tokens);
        vectors.push(unitVector(numbersOf(vector)));
      }
      return { vectors, ...totalsOf(read) };
    },
    rerank: () => Promise.reject(new UnsupportedError('reranking', purposeReasons.embedding)),
  };
}

interface CutText {
  readonly tokens: Token[];
  readonly cut: boolean;
}

function cutTo(tokens: Token[], most: number): CutText {
  return tokens.length > most ? { tokens: tokens.slice(0, most), cut: true } : { tokens, cut: false };
}

function totalsOf(texts: readonly CutText[]): { cut: number[]; tokens: number } {
  return {
    cut: [...texts.entries()].filter(([, text]) => text.cut).map(([index]) => index),
    tokens: texts.reduce((sum, { tokens }) => sum + tokens.length, 0),
  };
}

/** A model with broken weights calculates NaN. */
function numbersOf(numbers: readonly number[]): Float32Array {
  if (numbers.every(Number.isFinite)) return Float32Array.from(numbers);
  throw new Error('The model calculated something that is no number.');
}
