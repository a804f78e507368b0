import type { EngineLoadOptions, EngineModelFile } from '../../../shared/model/engine-protocol.ts';
import { writeAnswer } from './answer.ts';
import { inspectAnyGguf } from '../../../shared/model/gguf/inspect.ts';
import { comparesNothing } from './comparing.ts';
import { readConversation } from './conversation.ts';
import { inspectFile } from './gguf-file.ts';
import type { LlamaRuntime } from './llama.ts';
import { loadModel, type LoadedModel } from './loaded-model.ts';
import { loadOrdinaryComparing } from './ordinary-comparing.ts';
import type { AnswerOutcome, AnswerTask, ResidentModel } from './resident-model.ts';
import type { Lane } from './sequence-pool.ts';

/**
 * A model that is calculated by node-llama-cpp's classes.
 * @throws LoadError, GgufError, or the signal's reason
 */
export async function loadOrdinaryModel(
  runtime: LlamaRuntime,
  file: EngineModelFile,
  options: EngineLoadOptions,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<ResidentModel> {
  const summary = await inspectFile(file.path, inspectAnyGguf);
  if (summary.purpose !== 'chat') return loadOrdinaryComparing(runtime, file, options, summary, signal, onProgress);
  const loaded = await loadModel(runtime, file, options, summary, signal, onProgress);
  let batchTokens = options.batchTokens;
  return {
    contextTokens: loaded.context.contextSize,
    memoryBytes: loaded.memoryBytes,
    limit(effort) {
      batchTokens = Math.min(effort.batchTokens, options.batchTokens);
      runtime.llama.maxThreads = Math.max(1, Math.round(loaded.threads * effort.threadShare));
      loaded.pool.limit(effort.parallel);
    },
    answer: (task) => answer(loaded, task, batchTokens),
    // What it holds is overwritten by other conversations, and never leaves memory.
    forget: () => undefined,
    ...comparesNothing,
    [Symbol.asyncDispose]: () => loaded[Symbol.asyncDispose](),
  };
}

async function answer(loaded: LoadedModel, task: AnswerTask, batchTokens: number): Promise<AnswerOutcome> {
  const read = await readConversation(loaded.model.tokenizer, loaded.wrapper, task, loaded.context.contextSize);
  if (read.kind === 'tooLong') return read;
  const { prompt } = read;
  const totalTokens = prompt.tokens.length;
  const lane = await loaded.pool.take(prompt.tokens, task.signal, (ahead) => task.onQueued(ahead));
  if (!lane) {
    const usage = { promptTokens: totalTokens, cachedTokens: 0, replyTokens: 0 };
    return { kind: 'finished', finish: 'aborted', usage };
  }
  try {
    const result = await writeAnswer({
      tokenizer: loaded.model.tokenizer,
      sequence: lane.sequence,
      prompt,
      sampling: task.sampling,
      batchTokens,
      signal: task.signal,
      onStep: () => task.onStep(),
      onReading: (readTokens, cachedTokens) => task.onReading(readTokens, cachedTokens, totalTokens),
      onText: (said) => task.onText(said),
    });
    return { kind: 'finished', ...result };
  } catch (error) {
    await renew(loaded, lane);
    throw error;
  } finally {
    loaded.pool.give(lane);
  }
}

/** A sequence that failed holds something nobody knows. */
async function renew(loaded: LoadedModel, lane: Lane): Promise<void> {
  try {
    await loaded.pool.renew(lane);
  } catch (error) {
    process.stderr.write(`A sequence could not be renewed: ${String(error)}\n`);
  }
}
