import {
  defaultTuning,
  type EngineLoadOptions,
  type EngineModelFile,
} from '../../../../shared/model/engine-protocol.ts';
import { purposeReasons } from '../../../../shared/model/gguf/purpose.ts';
import type { GgufSummary } from '../../../../shared/model/gguf/inspect.ts';
import { estimateMemoryNeed } from '../../../../shared/model/memory-need.ts';
import type { LlamaRuntime } from '../llama.ts';
import { mostTokensOfText, requireComparingTuning } from '../comparing.ts';
import { LoadError } from '../load-error.ts';
import type { ResidentModel } from '../resident-model.ts';
import { UnsupportedError } from '../unsupported-error.ts';
import { createCalculation } from './calculation.ts';
import { createComparedTokenizer, type ComparedTokens } from './compared-tokens.ts';
import { createComparer } from './comparer.ts';
import type { Pointer } from './llama-structs.ts';
import { loadWeights, makeContext } from './load-weights.ts';
import { metaText } from './meta-text.ts';
import type { NativeEngine } from './native-engine.ts';
import { createPace } from './pace.ts';
import { createTokenBatch } from './token-batch.ts';
import { contextParams, weightParams } from './tuning.ts';
import { unitVector } from '../unit-vector.ts';

const mostTexts = 64;
/** `LLAMA_POOLING_TYPE_MEAN`, for models that do not say how a text's vector comes of those of its words. */
const poolingOfMean = 1;
const weightsShare = 0.9;

/**
 * A model that compares texts.
 * @throws LoadError, UnsupportedError, or the signal's reason
 */
export async function loadNativeComparing(
  engine: NativeEngine,
  runtime: LlamaRuntime,
  file: EngineModelFile,
  options: EngineLoadOptions,
  summary: GgufSummary,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<ResidentModel> {
  const { functions } = engine.native;
  const tuning = options.tuning ?? defaultTuning;
  requireComparingTuning(tuning);
  const mostTokens = Math.min(options.contextTokens, summary.trainedContextTokens, mostTokensOfText);
  const batchTokens = Math.max(mostTokens, Math.min(options.batchTokens, 512));
  const need = estimateMemoryNeed({
    ...summary,
    contextTokens: batchTokens,
    sequences: 1,
    vocabularyTokens: summary.vocabularySize,
  });
  runtime.takeComplaints();
  const gpu = runtime.llama.gpu !== false;
  const refuse = async (code: LoadError['code']): Promise<LoadError> => {
    // What llama.cpp said arrives on the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    const said = runtime.takeComplaints().at(-1) ?? 'it did not say why';
    return new LoadError(code, `llama.cpp refused it (${said.slice(0, 300)}).`, need.totalBytes);
  };

  const model: Pointer = await engine.whileLoading(() =>
    loadWeights(functions, file.path, weightParams(tuning, gpu), signal, (fraction) =>
      onProgress(fraction * weightsShare),
    ),
  );
  if (model === null) {
    signal.throwIfAborted();
    throw await refuse('MODEL_UNREADABLE');
  }
  using undo = new DisposableStack();
  undo.defer(() => functions.freeModel(model));

  const threads = options.threads ?? runtime.usefulThreads;
  const written = Number(metaText(functions, model, `${summary.architecture}.pooling_type`) ?? 0);
  const context = await engine.whileLoading(() =>
    makeContext(functions, model, {
      ...contextParams(tuning),
      n_ctx: batchTokens,
      n_batch: batchTokens,
      n_ubatch: batchTokens,
      n_seq_max: mostTexts,
      n_threads: threads,
      n_threads_batch: threads,
      pooling_type: written > 0 ? written : poolingOfMean,
      embeddings: true,
      kv_unified: true,
      no_perf: true,
    }),
  );
  if (context === null) throw await refuse('OUT_OF_MEMORY');
  const calculation = undo.use(createCalculation(engine.native, context, () => engine.isLoading));
  calculation.useThreads(threads);
  const batch = undo.use(createTokenBatch(functions, batchTokens));
  signal.throwIfAborted();

  const tokenizer = createComparedTokenizer(
    functions,
    functions.vocabulary(model),
    mostTokens,
    metaText(functions, model, 'tokenizer.chat_template.rerank'),
  );
  const pace = createPace({ batchTokens, breakable: !gpu });
  const comparer = createComparer({
    functions,
    calculation,
    batch,
    memory: functions.memory(context),
    pace,
    mostTexts,
    width: summary.purpose === 'reranking' ? functions.rankWidth(model) : functions.embeddingWidth(model),
    wake: engine.loop.wake,
  });
  engine.loop.add(comparer);
  onProgress(1);
  const memory = undo.move();

  const otherwise = (what: string) => (): Promise<never> => {
    const reason = summary.purpose === 'chat' ? 'It was made for something else.' : purposeReasons[summary.purpose];
    return Promise.reject(new UnsupportedError(what, reason));
  };
  const totals = (texts: readonly ComparedTokens[]) => ({
    cut: [...texts.entries()].filter(([, text]) => text.cut).map(([index]) => index),
    tokens: texts.reduce((sum, { tokens }) => sum + tokens.length, 0),
  });
  return {
    contextTokens: mostTokens,
    memoryBytes: need.totalBytes,
    answer: otherwise('answers'),
    forget: () => undefined,
    limit({ batchTokens: tokens, threadShare, backgroundPaused }) {
      pace.limit(tokens);
      calculation.useThreads(Math.max(1, Math.round(threads * threadShare)));
      comparer.pauseBackground(backgroundPaused);
      engine.loop.wake();
    },
    embed:
      summary.purpose === 'embedding'
        ? async ({ texts, priority, signal: aborted }) => {
            const read = texts.map(tokenizer.text);
            const vectors = await comparer.calculate(
              read.map(({ tokens }) => tokens),
              priority,
              aborted,
            );
            return { vectors: vectors.map(unitVector), ...totals(read) };
          }
        : otherwise('embeddings'),
    rerank:
      summary.purpose === 'reranking'
        ? async ({ query, documents, priority, signal: aborted }) => {
            const read = documents.map((document) => tokenizer.pair(query, document));
            const numbers = await comparer.calculate(
              read.map(({ tokens }) => tokens),
              priority,
              aborted,
            );
            return { scores: numbers.map(([score = 0]) => score), ...totals(read) };
          }
        : otherwise('reranking'),
    async [Symbol.asyncDispose]() {
      await engine.loop.remove(comparer);
      memory.dispose();
    },
  };
}
