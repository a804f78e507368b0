import { GgufError } from '../../../shared/model/gguf/gguf-error.ts';
import type {
  EngineFailure,
  EngineReport,
  EngineRequest,
  EngineEffort,
} from '../../../shared/model/engine-protocol.ts';
import { createPauseGate } from './pause-gate.ts';
import { LoadError } from './load-error.ts';
import { UnsupportedError } from './unsupported-error.ts';
import { OptionError } from './option-error.ts';
import { requireSane } from './require-sane.ts';
import type { LoadModel, ResidentModel } from './resident-model.ts';

type Load = Extract<EngineRequest, { type: 'load' }>;
type Generate = Extract<EngineRequest, { type: 'generate' }>;
type Compare = Extract<EngineRequest, { type: 'embed' | 'rerank' }>;

export interface Host {
  receive(request: EngineRequest): void;
  /** Resolves when everything that runs has been stopped. */
  stop(): Promise<void>;
}

interface Resident {
  readonly loaded: ResidentModel;
  readonly running: Set<Promise<void>>;
}

const memoryIntervalMs = 1000;
const beatIntervalMs = 1000;

/** Does what the supervisor asks; `onShutdown` is called when it asks for the end. */
export function createHost(loadModel: LoadModel, send: (report: EngineReport) => void, onShutdown: () => void): Host {
  const residents = new Map<string, Resident>();
  const aborts = new Map<number, AbortController>();
  const work = new Set<Promise<void>>();
  let memoryTimer: NodeJS.Timeout | undefined;
  let effort: EngineEffort | undefined;
  const background = createPauseGate();
  /** Requests that somebody waits for. */
  let urgent = 0;
  let beatTimer: NodeJS.Timeout | undefined;
  let steps = 0;

  const stepped = (): void => void (steps += 1);
  const beat = (): void => {
    // Work that is kept back on purpose gets nowhere, and that is no reason to worry.
    if (effort?.backgroundPaused && urgent === 0) stepped();
    send({ type: 'beat', steps });
  };
  const watchWork = (): void => {
    if (work.size > 0) beatTimer ??= setInterval(beat, beatIntervalMs);
    else {
      clearInterval(beatTimer);
      beatTimer = undefined;
    }
  };

  const tellMemory = (): void => send({ type: 'memory', residentBytes: process.memoryUsage.rss() });
  const watchMemory = (): void => {
    tellMemory();
    if (residents.size > 0) memoryTimer ??= setInterval(tellMemory, memoryIntervalMs);
    else {
      clearInterval(memoryTimer);
      memoryTimer = undefined;
    }
  };

  const load = async ({ id, model, options }: Load, signal: AbortSignal): Promise<void> => {
    let told = -1;
    const progress = (fraction: number): void => {
      stepped();
      // llama.cpp tells it after every tensor; a percent at a time is enough to be seen.
      const percent = Math.floor(Math.min(Math.max(fraction, 0), 1) * 100);
      if (percent <= told) return;
      told = percent;
      send({ type: 'loading', id, fraction: percent / 100 });
    };
    progress(0);
    await release(model.id);
    const loaded = await loadModel(model, options, signal, progress);
    if (signal.aborted) {
      await loaded[Symbol.asyncDispose]();
      signal.throwIfAborted();
    }
    if (effort) loaded.limit(effort);
    residents.set(model.id, { loaded, running: new Set() });
    send({ type: 'loaded', id, contextTokens: loaded.contextTokens, memoryBytes: Math.ceil(loaded.memoryBytes) });
    watchMemory();
  };

  const release = async (modelId: string): Promise<void> => {
    const resident = residents.get(modelId);
    if (!resident) return;
    residents.delete(modelId);
    await Promise.all(resident.running);
    await resident.loaded[Symbol.asyncDispose]();
    watchMemory();
  };

  const generate = async (request: Generate, { loaded }: Resident, signal: AbortSignal): Promise<void> => {
    const { id } = request;
    requireSane(request.sampling);
    const outcome = await loaded.answer({
      turns: request.prompt,
      sampling: request.sampling,
      priority: request.priority ?? 'person',
      owner: request.owner,
      signal,
      onStep: stepped,
      onQueued: (ahead) => send({ type: 'queued', id, ahead }),
      onReading: (readTokens, cachedTokens, totalTokens) =>
        send({ type: 'reading', id, readTokens, cachedTokens, totalTokens }),
      onText: (said) => send({ type: 'text', id, ...said, atMs: performance.timeOrigin + performance.now() }),
    });
    switch (outcome.kind) {
      case 'finished':
        return send({ type: 'finished', id, finish: outcome.finish, usage: outcome.usage });
      case 'tooLong': {
        const { contextTokens } = loaded;
        const { neededTokens } = outcome;
        return send({ type: 'failed', id, error: { code: 'CONTEXT_FULL', neededTokens, contextTokens } });
      }
    }
  };

  const compare = async (request: Compare, { loaded }: Resident, signal: AbortSignal): Promise<void> => {
    const { id, priority = 'background' } = request;
    switch (request.type) {
      case 'embed': {
        const embedded = await loaded.embed({ texts: request.texts, priority, signal });
        return send({ type: 'embedded', id, ...embedded });
      }
      case 'rerank': {
        const { query, documents } = request;
        return send({ type: 'ranked', id, ...(await loaded.rerank({ query, documents, priority, signal })) });
      }
    }
  };

  const run = async (request: Load | Generate | Compare, signal: AbortSignal): Promise<void> => {
    if (request.type === 'load') return load(request, signal);
    const priority = request.priority ?? (request.type === 'generate' ? 'person' : 'background');
    if (priority === 'background') {
      await background.pass(signal);
      signal.throwIfAborted();
      return ask(request, signal);
    }
    urgent += 1;
    try {
      await ask(request, signal);
    } finally {
      urgent -= 1;
    }
  };

  const ask = async (request: Generate | Compare, signal: AbortSignal): Promise<void> => {
    // Before anything that might not come back.
    send({ type: 'begun', id: request.id });
    const resident = residents.get(request.modelId);
    if (!resident) throw new Error(`The model ${request.modelId} is not loaded.`);
    const running =
      request.type === 'generate' ? generate(request, resident, signal) : compare(request, resident, signal);
    const settled = running.catch(() => undefined);
    resident.running.add(settled);
    await running.finally(() => resident.running.delete(settled));
  };

  /** Runs to a report that ends the request, whatever happens. */
  const perform = async (request: Load | Generate | Compare): Promise<void> => {
    const { id } = request;
    const controller = new AbortController();
    aborts.set(id, controller);
    try {
      await run(request, controller.signal);
    } catch (error) {
      send({ type: 'failed', id, error: controller.signal.aborted ? { code: 'CANCELLED' } : describe(error, request) });
    } finally {
      aborts.delete(id);
    }
  };

  const track = (task: Promise<void>): void => {
    work.add(task);
    watchWork();
    void task.finally(() => {
      work.delete(task);
      stepped();
      watchWork();
    });
  };

  return {
    receive(request) {
      switch (request.type) {
        case 'load':
        case 'generate':
        case 'embed':
        case 'rerank':
          return track(perform(request));
        case 'unload':
          return track(release(request.modelId).then(() => send({ type: 'unloaded', id: request.id })));
        case 'forget':
          for (const { loaded } of residents.values()) loaded.forget(request.owner);
          return;
        case 'abort':
          return aborts.get(request.id)?.abort();
        case 'limit':
          ({ effort } = request);
          background.set(effort.backgroundPaused);
          for (const { loaded } of residents.values()) loaded.limit(effort);
          return;
        case 'shutdown':
          return onShutdown();
      }
    },
    async stop() {
      clearInterval(memoryTimer);
      for (const abort of aborts.values()) abort.abort();
      await Promise.all(work);
      for (const modelId of [...residents.keys()]) await release(modelId);
      clearInterval(memoryTimer);
    },
  };
}

function describe(error: unknown, request: Load | Generate | Compare): EngineFailure {
  process.stderr.write(`${request.type} failed: ${error instanceof Error ? error.stack : String(error)}\n`);
  if (error instanceof GgufError) return { code: 'MODEL_UNREADABLE', reason: error.reason };
  if (error instanceof OptionError) return { code: 'OPTION_REFUSED', option: error.option, reason: error.message };
  if (error instanceof LoadError) {
    if (error.code === 'MODEL_UNREADABLE') return { code: error.code, reason: error.message };
    return { code: error.code, neededBytes: error.neededBytes };
  }
  if (error instanceof UnsupportedError) return { code: 'UNSUPPORTED', what: error.what, reason: error.message };
  return { code: 'INTERNAL', reason: error instanceof Error ? error.message : String(error) };
}
