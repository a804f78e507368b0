import { estimateMemoryNeed, type DraftSize } from '../../../../shared/model/memory-need.ts';
import type { GgufSummary } from '../../../../shared/model/gguf/inspect.ts';
import type { LlamaRuntime } from '../llama.ts';
import { LoadError } from '../load-error.ts';
import { UnsupportedError } from '../unsupported-error.ts';
import { createCalculation, type Calculation } from './calculation.ts';
import { createPlainCost } from './draft-payoff.ts';
import { createDrafter, type Drafter } from './drafter.ts';
import { isOrdinary } from './is-ordinary.ts';
import { loadWeights, makeContext } from './load-weights.ts';
import { createLogits } from './logits.ts';
import type { NativeEngine } from './native-engine.ts';
import { createPace } from './pace.ts';
import { createTokenBatch } from './token-batch.ts';

export interface LoadedDrafter extends Disposable {
  readonly drafter: Drafter;
  readonly calculation: Calculation;
}

export interface DrafterRequest {
  readonly path: string;
  readonly summary: GgufSummary;
  /** Of the model that it guesses for. */
  readonly contextTokens: number;
  readonly vocabularyTokens: number;
  readonly threads: number;
  readonly batchTokens: number;
  readonly gpu: boolean;
}

/**
 * Loads a model that was checked to have the vocabulary of the one it guesses for.
 * @throws LoadError, UnsupportedError, or the signal's reason
 */
export async function loadDrafter(
  engine: NativeEngine,
  runtime: LlamaRuntime,
  request: DrafterRequest,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<LoadedDrafter> {
  const { functions } = engine.native;
  const { path, summary, contextTokens, threads, batchTokens, gpu } = request;
  const need = estimateMemoryNeed({ ...draftSizeOf(summary), contextTokens, sequences: 1 });
  const refuse = async (code: LoadError['code']): Promise<LoadError> => {
    // What llama.cpp said arrives on the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    const said = runtime.takeComplaints().at(-1) ?? 'it did not say why';
    return new LoadError(
      code,
      `llama.cpp refused the model that guesses ahead (${said.slice(0, 300)}).`,
      need.totalBytes,
    );
  };

  const model = await engine.whileLoading(() =>
    loadWeights(functions, path, { n_gpu_layers: gpu ? -1 : 0 }, signal, onProgress),
  );
  if (model === null) {
    signal.throwIfAborted();
    throw await refuse('MODEL_UNREADABLE');
  }
  using undo = new DisposableStack();
  undo.defer(() => functions.freeModel(model));
  if (!isOrdinary(functions, model)) {
    throw new UnsupportedError('draftModelId', 'What it has read cannot be taken back, and wrong guesses have to be.');
  }
  const context = await engine.whileLoading(() =>
    makeContext(functions, model, {
      n_ctx: contextTokens,
      n_batch: batchTokens,
      n_ubatch: Math.min(batchTokens, 512),
      n_seq_max: 1,
      n_outputs_max: 1,
      n_threads: threads,
      n_threads_batch: threads,
      no_perf: true,
    }),
  );
  if (context === null) throw await refuse('OUT_OF_MEMORY');
  const calculation = undo.use(createCalculation(engine.native, context, () => engine.isLoading));
  calculation.useThreads(threads);
  const vocabulary = functions.vocabulary(model);
  const drafter = createDrafter({
    functions,
    calculation,
    batch: undo.use(createTokenBatch(functions, batchTokens)),
    memory: functions.memory(context),
    vocabulary,
    logits: createLogits(functions, vocabulary),
    pace: createPace({ batchTokens, breakable: !gpu }),
    plainCost: createPlainCost(),
    knownTokens: request.vocabularyTokens,
  });
  const memory = undo.move();
  return { drafter, calculation, [Symbol.dispose]: () => memory.dispose() };
}

export function draftSizeOf({ weightsBytes, kvBytesPerToken, vocabularySize }: GgufSummary): DraftSize {
  return { weightsBytes, kvBytesPerToken, vocabularyTokens: vocabularySize };
}
