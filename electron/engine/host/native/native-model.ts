import path from 'node:path';
import {
  defaultTuning,
  type EngineLoadOptions,
  type EngineModelFile,
  type EngineTuning,
} from '../../../../shared/model/engine-protocol.ts';
import { inspectAnyGguf } from '../../../../shared/model/gguf/inspect.ts';
import { weightsShare } from '../../../../shared/model/load-progress.ts';
import {
  estimateMemoryNeed,
  restingSequences,
  sharedContexts,
  withKvShare,
} from '../../../../shared/model/memory-need.ts';
import { kvShare } from '../../../../shared/model/model-options.ts';
import { openChatWrapper, openUntemplated } from '../chat-wrapper.ts';
import { checkAdapters } from '../check-adapters.ts';
import { checkDrafter } from '../check-drafter.ts';
import { comparesNothing } from '../comparing.ts';
import { readConversation } from '../conversation.ts';
import { inspectFile } from '../gguf-file.ts';
import type { LlamaRuntime } from '../llama.ts';
import { LoadError } from '../load-error.ts';
import type { ResidentModel } from '../resident-model.ts';
import { UnsupportedError } from '../unsupported-error.ts';
import { loadAdapters, useAdapters } from './adapters.ts';
import { createCalculation } from './calculation.ts';
import type { Drafter } from './drafter.ts';
import { createLookupDrafting, createModelDrafting, mostDrafted, type Drafting } from './drafting.ts';
import { fingerprintFile } from './fingerprint.ts';
import { isOrdinary } from './is-ordinary.ts';
import { createKvStates } from './kv-states.ts';
import { createLanes } from './lanes.ts';
import { createLogits } from './logits.ts';
import { draftSizeOf, loadDrafter } from './load-drafter.ts';
import { loadWeights, makeContext } from './load-weights.ts';
import { createNativeAnswers } from './native-answers.ts';
import { metaText } from './meta-text.ts';
import { loadNativeComparing } from './native-comparing.ts';
import type { NativeEngine } from './native-engine.ts';
import { createPace } from './pace.ts';
import { createPauses } from './pauses.ts';
import { createRest } from './rest.ts';
import { openSnapshotFiles } from './snapshot-files.ts';
import { createSnapshots } from './snapshots.ts';
import { createStreams } from './streams.ts';
import { createTokenBatch } from './token-batch.ts';
import { contextParams, weightParams } from './tuning.ts';
import { createTokenizer } from './vocabulary.ts';

/** For the states of resting conversations when the caller does not say. */
const defaultMemoryBudgetBytes = 64 * 1024 * 1024;
const saveAfterMs = 2000;
const writeAfterMs = 20_000;

/**
 * Undefined for a kind of model whose memory cannot be shared and cut the way it is done here.
 * @throws LoadError, GgufError, or the signal's reason
 */
export async function loadNativeModel(
  engine: NativeEngine,
  runtime: LlamaRuntime,
  file: EngineModelFile,
  options: EngineLoadOptions,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<ResidentModel | undefined> {
  const { functions } = engine.native;
  const { contextTokens, sequences, windowed = false } = options;
  const tuning = options.tuning ?? defaultTuning;
  const summary = await inspectFile(file.path, inspectAnyGguf);
  if (summary.purpose !== 'chat') {
    return loadNativeComparing(engine, runtime, file, options, summary, signal, onProgress);
  }
  const adapterBytes = await checkAdapters(tuning.adapters, file.path, summary);
  const draft = await checkDrafter(tuning, summary);
  const cells = contextTokens * sharedContexts(sequences);
  const need = estimateMemoryNeed({
    ...summary,
    ...options,
    weightsBytes: summary.weightsBytes + adapterBytes,
    ...withKvShare(summary, kvShare(tuning.kvType)),
    vocabularyTokens: summary.vocabularySize,
    ...(draft ? { draft: draftSizeOf(draft.summary) } : {}),
  });
  signal.throwIfAborted();
  runtime.takeComplaints();
  const gpu = runtime.llama.gpu !== false;
  const refuse = (code: LoadError['code']): LoadError => {
    const complaints = runtime.takeComplaints();
    const said = complaints.find((line) => line.includes('error')) ?? complaints.at(-1) ?? 'it did not say why';
    return new LoadError(code, `llama.cpp refused it (${said.slice(0, 300)}).`, need.totalBytes);
  };

  const draftShare = draft ? draft.summary.weightsBytes / (draft.summary.weightsBytes + summary.weightsBytes) : 0;
  const ownShare = weightsShare * (1 - draftShare);
  const model = await engine.whileLoading(() =>
    loadWeights(functions, file.path, weightParams(tuning, gpu), signal, (fraction) => onProgress(fraction * ownShare)),
  );
  if (model === null) {
    signal.throwIfAborted();
    // What llama.cpp said arrives on the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    throw refuse('MODEL_UNREADABLE');
  }
  using undo = new DisposableStack();
  undo.defer(() => functions.freeModel(model));
  if (!isOrdinary(functions, model)) return undefined;

  const adapters = await engine.whileLoading(() => loadAdapters(functions, model, tuning.adapters));

  const laneCount = sequences + restingSequences;
  const threads = options.threads ?? runtime.usefulThreads;
  const guesses = tuning.speculation !== 'off';
  const batchTokens = options.batchTokens + sequences + (guesses ? mostDrafted : 0);
  const context = await engine.whileLoading(() =>
    makeContext(functions, model, {
      ...contextParams(tuning),
      n_ctx: cells,
      n_batch: batchTokens,
      n_ubatch: Math.min(batchTokens, 512),
      n_seq_max: laneCount,
      n_outputs_max: laneCount + (guesses ? mostDrafted : 0),
      n_threads: threads,
      n_threads_batch: threads,
      kv_unified: true,
      swa_full: !windowed,
      no_perf: true,
    }),
  );
  if (context === null) {
    await new Promise((resolve) => setImmediate(resolve));
    throw refuseContext(refuse('OUT_OF_MEMORY'), tuning);
  }
  useAdapters(functions, context, adapters, tuning.adapters);
  const calculation = undo.use(createCalculation(engine.native, context, () => engine.isLoading));
  calculation.useThreads(threads);
  const batch = undo.use(createTokenBatch(functions, batchTokens));
  const guesser =
    draft &&
    undo.use(
      await loadDrafter(
        engine,
        runtime,
        { ...draft, contextTokens, vocabularyTokens: summary.vocabularySize, threads, batchTokens, gpu },
        signal,
        (fraction) => onProgress(ownShare + fraction * weightsShare * draftShare),
      ),
    );

  const vocabulary = functions.vocabulary(model);
  const tokenizer = createTokenizer(functions, vocabulary);
  const wrapper = openChatWrapper(metaText(functions, model, 'tokenizer.chat_template'), tokenizer);
  const usedWrapper = wrapper ?? (await openUntemplated(path.resolve(file.path), tokenizer));
  signal.throwIfAborted();

  const files =
    options.snapshots &&
    openSnapshotFiles(
      options.snapshots,
      JSON.stringify([
        fingerprintFile(file.path),
        functions.version(),
        gpu,
        windowed ? 'windowed' : 'unified',
        contextParams(tuning),
        tuning.adapters.map((adapter) => [fingerprintFile(adapter.path), adapter.scale]),
      ]),
    );
  const snapshots = await createSnapshots({
    files,
    memoryBudgetBytes: options.snapshots?.memoryBudgetBytes ?? defaultMemoryBudgetBytes,
  });
  signal.throwIfAborted();
  const lanes = createLanes({
    functions,
    memory: functions.memory(context),
    count: laneCount,
    windowTokens: windowed ? summary.window?.tokens : undefined,
    states: createKvStates(functions, context),
    snapshots,
  });
  const pauses = createPauses({ hasWork: () => answers.hasWaiting, run: () => answers.admit() }, engine.loop.wake);
  const rest = undo.use(
    createRest({
      soon: { afterMs: saveAfterMs, run: () => pauses.add(lanes.save) },
      later: { afterMs: writeAfterMs, run: () => void snapshots.flush() },
    }),
  );
  const pace = createPace({ batchTokens: options.batchTokens, breakable: !gpu });
  const streams = createStreams({
    calculation,
    batch,
    lanes,
    pace,
    contextTokens,
    pauses,
    onRest: rest.begin,
  });
  const answers = createNativeAnswers({
    functions,
    tokenizer,
    vocabulary,
    logits: createLogits(functions, vocabulary),
    lanes,
    streams,
    mostStreams: sequences,
    drafting: draftingOf(tuning, guesser?.drafter),
    cells: functions.contextTokens(context),
    wake: engine.loop.wake,
  });
  engine.loop.add(streams);
  onProgress(1);
  const memory = undo.move();

  return {
    contextTokens,
    memoryBytes: need.totalBytes,
    limit({ parallel, batchTokens: tokens, threadShare, backgroundPaused }) {
      pace.limit(tokens);
      const fewer = Math.max(1, Math.round(threads * threadShare));
      calculation.useThreads(fewer);
      guesser?.calculation.useThreads(fewer);
      streams.pauseBackground(backgroundPaused);
      answers.limit(parallel, backgroundPaused);
      engine.loop.wake();
    },
    async answer(task) {
      const read = await readConversation(tokenizer, usedWrapper, task, contextTokens);
      return read.kind === 'tooLong' ? read : answers.write(task, read.prompt);
    },
    forget: (owner) => pauses.add(() => lanes.forget(owner)),
    ...comparesNothing,
    async [Symbol.asyncDispose]() {
      await engine.loop.remove(streams);
      await pauses.run();
      await lanes.save();
      await snapshots[Symbol.asyncDispose]();
      memory.dispose();
    },
  };
}

/** Not every model's keys and values can be cut into the blocks of a quantised type, and llama.cpp says so. */
function refuseContext(error: LoadError, { kvType, flashAttention }: EngineTuning): Error {
  if (!error.message.includes('cache')) return error;
  return new UnsupportedError(
    kvType === 'f16' && flashAttention !== 'auto' ? 'flashAttention' : 'kvType',
    error.message,
  );
}

function draftingOf(
  { speculation }: EngineTuning,
  drafter: Drafter | undefined,
): ((promptTokens: number) => Drafting) | undefined {
  if (speculation === 'lookup') return createLookupDrafting;
  return drafter && ((promptTokens) => createModelDrafting(drafter, promptTokens));
}
