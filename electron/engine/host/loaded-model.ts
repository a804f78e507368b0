import { resolveChatWrapper, type ChatWrapper, type LlamaContext, type LlamaModel } from 'node-llama-cpp';
import type { EngineLoadOptions, EngineModelFile } from '../../../shared/model/engine-protocol.ts';
import { estimateMemoryNeed } from '../../../shared/model/memory-need.ts';
import { openChatWrapper } from './chat-wrapper.ts';
import { inspectFile } from './gguf-file.ts';
import type { LlamaRuntime } from './llama.ts';
import { LoadError } from './load-error.ts';
import { createSequencePool, type SequencePool } from './sequence-pool.ts';

/** A model in memory with the context its answers are written in. */
export interface LoadedModel extends AsyncDisposable {
  readonly model: LlamaModel;
  readonly wrapper: ChatWrapper;
  readonly context: LlamaContext;
  readonly pool: SequencePool;
  readonly batchTokens: number;
  readonly memoryBytes: number;
}

/** How the time of a load is shared out between reading the weights and making the context. */
const weightsShare = 0.9;

/** @throws LoadError, GgufError, or the signal's reason */
export async function loadModel(
  runtime: LlamaRuntime,
  file: EngineModelFile,
  options: EngineLoadOptions,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<LoadedModel> {
  const summary = await inspectFile(file.path);
  const need = estimateMemoryNeed({ ...summary, ...options, vocabularyTokens: summary.vocabularySize });
  signal.throwIfAborted();
  runtime.takeComplaints();
  const { llama } = runtime;
  // The supervisor has weighed the memory before; in a container node-llama-cpp would look at the wrong limits.
  const ignoreMemorySafetyChecks = llama.gpu === false;
  const threads = options.threads ?? runtime.usefulThreads;
  llama.maxThreads = threads;

  const model = await attempt({ code: 'MODEL_UNREADABLE', neededBytes: need.totalBytes }, runtime, signal, () =>
    llama.loadModel({
      modelPath: file.path,
      ignoreMemorySafetyChecks,
      loadSignal: signal,
      onLoadProgress: (fraction) => onProgress(fraction * weightsShare),
    }),
  );
  try {
    const template = model.fileInfo.metadata.tokenizer?.chat_template;
    const wrapper =
      openChatWrapper(template, model.tokenizer) ?? resolveChatWrapper(model, { warningLogs: false, noJinja: true });
    const context = await attempt({ code: 'OUT_OF_MEMORY', neededBytes: need.totalBytes }, runtime, signal, () =>
      model.createContext({
        contextSize: options.contextTokens,
        sequences: options.sequences,
        batchSize: options.batchTokens + options.sequences,
        threads,
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
      batchTokens: options.batchTokens,
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

async function attempt<T>(
  otherwise: Pick<LoadError, 'code' | 'neededBytes'>,
  runtime: LlamaRuntime,
  signal: AbortSignal,
  action: () => Promise<T>,
): Promise<T> {
  try {
    return await action();
  } catch (error) {
    signal.throwIfAborted();
    const said = runtime.takeComplaints().find((line) => line.includes('error')) ?? String(error);
    const lacksMemory = error instanceof Error && error.name === 'InsufficientMemoryError';
    const code = lacksMemory ? 'OUT_OF_MEMORY' : otherwise.code;
    throw new LoadError(code, `llama.cpp refused it (${said.slice(0, 300)}).`, otherwise.neededBytes);
  }
}

function sum({ ram, vram }: { ram: number; vram: number }): number {
  return ram + vram;
}
