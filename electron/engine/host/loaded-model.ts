import {
  resolveChatWrapper,
  type ChatWrapper,
  type LlamaContext,
  type LlamaContextOptions,
  type LlamaModel,
} from 'node-llama-cpp';
import {
  defaultTuning,
  type EngineLoadOptions,
  type EngineModelFile,
  type EngineTuning,
} from '../../../shared/model/engine-protocol.ts';
import type { GgufSummary } from '../../../shared/model/gguf/inspect.ts';
import { weightsShare } from '../../../shared/model/load-progress.ts';
import { estimateMemoryNeed, sharedContexts, withKvShare } from '../../../shared/model/memory-need.ts';
import { kvShare } from '../../../shared/model/model-options.ts';
import { attemptLoad } from './attempt-load.ts';
import { openChatWrapper } from './chat-wrapper.ts';
import { checkAdapters } from './check-adapters.ts';
import type { LlamaRuntime } from './llama.ts';
import { UnsupportedError } from './unsupported-error.ts';
import { createSequencePool, type SequencePool } from './sequence-pool.ts';

/** A model in memory with the context its answers are written in. */
export interface LoadedModel extends AsyncDisposable {
  readonly model: LlamaModel;
  readonly wrapper: ChatWrapper;
  readonly context: LlamaContext;
  readonly pool: SequencePool;
  readonly threads: number;
  readonly memoryBytes: number;
}

/** @throws LoadError, GgufError, or the signal's reason */
export async function loadModel(
  runtime: LlamaRuntime,
  file: EngineModelFile,
  options: EngineLoadOptions,
  summary: GgufSummary,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<LoadedModel> {
  const tuning = options.tuning ?? defaultTuning;
  requireOrdinary(tuning);
  const adapterBytes = await checkAdapters(tuning.adapters, file.path, summary);
  const need = estimateMemoryNeed({
    ...summary,
    ...options,
    weightsBytes: summary.weightsBytes + adapterBytes,
    ...withKvShare(summary, kvShare(tuning.kvType)),
    vocabularyTokens: summary.vocabularySize,
  });
  signal.throwIfAborted();
  runtime.takeComplaints();
  const { llama } = runtime;
  // The supervisor has weighed the memory before; in a container node-llama-cpp would look at the wrong limits.
  const ignoreMemorySafetyChecks = llama.gpu === false;
  const threads = options.threads ?? runtime.usefulThreads;
  llama.maxThreads = threads;

  const model = await attemptLoad({ code: 'MODEL_UNREADABLE', neededBytes: need.totalBytes }, runtime, signal, () =>
    llama.loadModel({
      modelPath: file.path,
      ...(tuning.gpuLayers === 'auto' ? {} : { gpuLayers: tuning.gpuLayers }),
      useMmap: switches[tuning.mapping],
      useMlock: tuning.locked,
      ignoreMemorySafetyChecks,
      loadSignal: signal,
      onLoadProgress: (fraction) => onProgress(fraction * weightsShare),
    }),
  );
  try {
    const template = model.fileInfo.metadata.tokenizer?.chat_template;
    const wrapper =
      openChatWrapper(template, model.tokenizer) ?? resolveChatWrapper(model, { warningLogs: false, noJinja: true });
    const context = await attemptLoad({ code: 'OUT_OF_MEMORY', neededBytes: need.totalBytes }, runtime, signal, () =>
      model.createContext({
        contextSize: options.contextTokens,
        flashAttention: switches[tuning.flashAttention],
        ...loraOf(tuning.adapters),
        // Each sequence has memory of its own here, so there are as many as there is memory for.
        sequences: sharedContexts(options.sequences),
        batchSize: options.batchTokens + options.sequences,
        // node-llama-cpp takes fewer when `maxThreads` is lowered afterwards.
        threads: { ideal: threads, min: 1 },
        ignoreMemorySafetyChecks,
        failedCreationRemedy: false,
        createSignal: signal,
      }),
    );
    onProgress(1);
    return {
      model,
      wrapper,
      context,
      pool: createSequencePool(context),
      threads,
      memoryBytes: sum(model.memoryUsage) + sum(context.memoryUsage),
      async [Symbol.asyncDispose]() {
        await context.dispose();
        await model.dispose();
      },
    };
  } catch (error) {
    await model.dispose();
    throw error;
  }
}

function loraOf(adapters: EngineTuning['adapters']): Pick<LlamaContextOptions, 'lora'> {
  if (adapters.length === 0) return {};
  return { lora: { adapters: adapters.map(({ path, scale }) => ({ filePath: path, scale })) } };
}

const switches = { auto: 'auto', on: true, off: false } as const;

const ordinaryReason = "It can only be calculated through node-llama-cpp's classes here, which lack this.";

/** node-llama-cpp's classes cannot do all of it; what they cannot is said, not left out. */
function requireOrdinary({ kvType, speculation }: EngineTuning): void {
  if (kvType !== 'f16') throw new UnsupportedError('kvType', ordinaryReason);
  if (speculation !== 'off') throw new UnsupportedError('speculation', ordinaryReason);
}

function sum({ ram, vram }: { ram: number; vram: number }): number {
  return ram + vram;
}
