import { cancelled } from '../../shared/errors/clawdbot-error.ts';
import { createEmitter } from '../lib/emitter.ts';
import { createAsyncQueue } from '../lib/async-queue.ts';
import type { Clock, Log, MemoryReading, Ports } from '../ports.ts';
import type { CheckedModel, Engine } from './engine.ts';
import { readAnswer } from './generation.ts';
import type { KeptStates } from './kept-states.ts';
import type { GenerationEvent } from './generation-event.ts';
import { createLanguageModel, type Generate } from './language-model.ts';
import { createResidentModels } from './resident-models.ts';
import { createSupervisor } from './supervisor.ts';

export interface LlamaEngineOptions {
  readonly spawnEngineHost: Ports['spawnEngineHost'];
  readonly memory: () => MemoryReading;
  readonly clock: Clock;
  readonly log: Log;
  /** Null, the default, leaves it to the host: one for every core that is good at arithmetic. */
  readonly threads?: number | null;
  /** Most prompt tokens calculated at once. Default: 512. */
  readonly batchTokens?: number;
  /** Default: 30,000. */
  readonly startTimeoutMs?: number;
  /** Default: 3,000. */
  readonly stopTimeoutMs?: number;
  /** Left out, nothing outlives the engine's process. */
  readonly keptStates?: KeptStates;
  readonly restartDelayMs?: (crashes: number) => number;
}

const longestRestartDelayMs = 10_000;

/** At once after the first crash, then 0.5 s, 1 s, 2 s ... so that a broken machine is not kept busy. */
export function defaultRestartDelayMs(crashes: number): number {
  return crashes < 2 ? 0 : Math.min(500 * 2 ** (crashes - 2), longestRestartDelayMs);
}

/** Runs models with llama.cpp in a child process, which is started when it is first needed. */
export function createLlamaEngine(options: LlamaEngineOptions): Engine {
  const { log, clock, memory } = options;
  const changes = createEmitter<void>();
  const disposal = new AbortController();

  const announce = (): void => {
    try {
      changes.emit();
    } catch (error) {
      log.error({ err: error }, 'A listener of the engine failed.');
    }
  };

  const supervisor = createSupervisor({
    spawnEngineHost: options.spawnEngineHost,
    log,
    startTimeoutMs: options.startTimeoutMs ?? 30_000,
    stopTimeoutMs: options.stopTimeoutMs ?? 3_000,
    restartDelayMs: options.restartDelayMs ?? defaultRestartDelayMs,
    onChange: announce,
    onEnded: (link) => residents.forget(link),
  });

  const residents = createResidentModels({
    host: () => supervisor.host(),
    memory,
    clock,
    log,
    load: { threads: options.threads ?? null, batchTokens: options.batchTokens ?? 512 },
    snapshots: () => options.keptStates?.options(),
    onChange: announce,
  });

  /** Aborts with the caller's signal and with the engine; `end` takes the listeners away again. */
  const linked = (signal: AbortSignal | undefined): { signal: AbortSignal; end: () => void } => {
    const controller = new AbortController();
    const abort = (): void => controller.abort();
    for (const source of [signal, disposal.signal]) {
      if (source?.aborted) abort();
      else source?.addEventListener('abort', abort, { once: true, signal: controller.signal });
    }
    return { signal: controller.signal, end: abort };
  };

  const ownerOf = (conversationId: string | undefined): string | undefined =>
    conversationId === undefined ? undefined : options.keptStates?.ownerOf(conversationId);

  const answer = (model: CheckedModel): Generate =>
    async function* (turns, sampling, outer, conversationId) {
      const { signal, end } = linked(outer);
      const { progress, lease } = loadWithProgress(model, signal);
      try {
        for await (const event of progress) yield event;
        const { link } = await lease;
        for await (const event of readAnswer(link, model, turns, sampling, signal, log, ownerOf(conversationId))) {
          if (event.type === 'finished') supervisor.healthy();
          yield event;
        }
      } finally {
        end();
        // Not only when it was waited for: the reader may have left while the model was loading.
        lease.then(
          (held) => held.release(),
          () => undefined,
        );
      }
    };

  /** `progress` ends when `lease` is settled. */
  const loadWithProgress = (model: CheckedModel, signal: AbortSignal) => {
    const progress = createAsyncQueue<GenerationEvent>({ signal, capacity: 1, whenFull: 'dropOldest' });
    const lease = residents.acquire(model, signal, (fraction) => {
      progress.push({ type: 'progress', progress: { phase: 'loading', fraction } });
    });
    lease.then(progress.end, progress.end);
    return { progress, lease };
  };

  return {
    get state() {
      return supervisor.state;
    },
    get residents() {
      return residents.states;
    },
    get memoryBytes() {
      return supervisor.memoryBytes;
    },
    onChange: (listener) => changes.listen(listener),
    async load(model, outer) {
      const { signal, end } = linked(outer);
      try {
        const lease = await residents.acquire(model, signal, () => undefined);
        lease.release();
      } finally {
        end();
      }
    },
    async unload(modelId) {
      if (disposal.signal.aborted) throw cancelled();
      await residents.unload(modelId);
    },
    forget(conversationId) {
      const owner = ownerOf(conversationId);
      if (owner !== undefined) supervisor.running?.forget(owner);
      options.keptStates?.forget(conversationId);
    },
    languageModel: (model) => createLanguageModel(model.id, answer(model), log),
    async [Symbol.asyncDispose]() {
      disposal.abort();
      await supervisor[Symbol.asyncDispose]();
    },
  };
}
