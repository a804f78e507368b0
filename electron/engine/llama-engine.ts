import { cancelled } from '../../shared/errors/clawdbot-error.ts';
import { createEmitter } from '../lib/emitter.ts';
import { createAsyncQueue } from '../lib/async-queue.ts';
import type { Clock, Log, MemoryPressure, MemoryReading, Ports } from '../ports.ts';
import type { Notes } from '../store/store.ts';
import { askAgain, isLostBystander } from './ask-again.ts';
import { createCarefulWay } from './careful-way.ts';
import { embedTexts, rankTexts, type ComparingCall } from './compare-texts.ts';
import { createEmbeddingModel, createRerankingModel } from './comparing-models.ts';
import type { CheckedModel, ComparingOptions, Engine, EngineAdjustment } from './engine.ts';
import { createForgetfulNotes } from './forgetful-notes.ts';
import type { HostLink } from './host-link.ts';
import { readAnswer } from './generation.ts';
import type { KeptStates } from './kept-states.ts';
import type { GenerationEvent } from './generation-event.ts';
import { createLanguageModel, type Generate } from './language-model.ts';
import { createIdleUnload } from './idle-unload.ts';
import { createLessons } from './lessons.ts';
import type { Keeping, LoadPurpose } from './residency.ts';
import type { Lease } from './lease.ts';
import { createLongerContext } from './longer-context.ts';
import { createRevival } from './revival.ts';
import { createResidentModels } from './resident-models.ts';
import { createSupervisor } from './supervisor.ts';
import { usualWatch, type WatchLimits } from './watchdog.ts';

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
  /** How often a process that ended by itself is started again by itself, until an answer succeeds. Default: 3. */
  readonly revivals?: number;
  /** When a process that does not get on is given up. */
  readonly watch?: WatchLimits;
  /** Where it is remembered which models crash the engine. Default: nowhere. */
  readonly notes?: Notes;
  /** What was learnt of another version does not hold. */
  readonly appVersion?: string;
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
  let keeping: Keeping = { pinnedIds: [], chosenId: null, idleUnloadMs: null };
  let adjustment: EngineAdjustment | undefined;
  let current: HostLink | undefined;
  const pressure = (): MemoryPressure => adjustment?.pressure ?? 'none';

  const notes = options.notes ?? createForgetfulNotes();
  const lessons = createLessons({ notes, clock, log });

  const announce = (): void => {
    try {
      changes.emit();
    } catch (error) {
      log.error({ err: error }, 'A listener of the engine failed.');
    }
  };

  const supervisor = createSupervisor({
    spawnEngineHost: options.spawnEngineHost,
    careful: createCarefulWay({
      notes,
      appVersion: options.appVersion ?? '',
      platform: `${process.platform}-${process.arch}`,
      log,
    }),
    watch: options.watch ?? usualWatch,
    log,
    startTimeoutMs: options.startTimeoutMs ?? 30_000,
    stopTimeoutMs: options.stopTimeoutMs ?? 3_000,
    restartDelayMs: options.restartDelayMs ?? defaultRestartDelayMs,
    onChange: announce,
    onTooLarge: lessons.tooLarge,
    onEnded(link, postMortem) {
      lessons.learn(postMortem, link.contexts);
      revival.lost(residents.forget(link), postMortem.cause);
    },
    revivals: options.revivals ?? 3,
    onRevived: () => revival.revived(),
  });

  /** A process that has just begun knows nothing of what was said to the one before it. */
  const host = async (): Promise<HostLink> => {
    const link = await supervisor.host();
    if (link !== current && adjustment) link.limit(adjustment.effort);
    current = link;
    return link;
  };

  const idleUnload = createIdleUnload({ residents: () => residents, keeping: () => keeping, pressure, clock, log });

  const residents = createResidentModels({
    host,
    memory,
    pressure,
    isPinned: (modelId) => keeping.pinnedIds.includes(modelId),
    clock,
    log,
    load: { threads: options.threads ?? null, batchTokens: options.batchTokens ?? 512 },
    snapshots: () => options.keptStates?.options(),
    onChange: announce,
    onIdle: () => idleUnload.look(),
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

  const answerOnce = async function* (
    model: CheckedModel,
    [turns, sampling, signal, asker]: Parameters<Generate>,
  ): AsyncGenerator<GenerationEvent, void, undefined> {
    const { progress, lease } = loadWithProgress(model, signal);
    try {
      for await (const event of progress) yield event;
      const { link } = await lease;
      const whose = { owner: ownerOf(asker?.conversationId), priority: asker?.priority };
      for await (const event of readAnswer(link, model, turns, sampling, signal, log, whose)) {
        if (event.type === 'finished') supervisor.healthy(model.id);
        yield event;
      }
    } finally {
      // Not only when it was waited for: the reader may have left while the model was loading.
      lease.then(
        (held) => held.release(),
        () => undefined,
      );
    }
  };

  const withLongerContext = createLongerContext({
    availableBytes: () => memory().availableBytes,
    residents: () => residents.uses,
    pressure,
    log,
  });

  const answer = (model: CheckedModel): Generate =>
    async function* (turns, sampling, outer, asker) {
      const { signal, end } = linked(outer);
      try {
        yield* withLongerContext(lessons.admit(model), (wanted) =>
          askAgain(() => answerOnce(wanted, [turns, sampling, signal, asker]), log),
        );
      } finally {
        end();
      }
    };

  const acquire = async (
    model: CheckedModel,
    signal: AbortSignal,
    onProgress: (fraction: number) => void,
    purpose?: LoadPurpose,
  ): Promise<Lease> => residents.acquire(lessons.admit(model), signal, onProgress, purpose);

  const revival = createRevival({
    load: async (model) => (await acquire(model, disposal.signal, () => undefined, 'ahead')).release(),
    log,
  });

  /** Holds a model in memory while texts are compared with it. */
  const compare = async <T>(
    model: CheckedModel,
    { signal: outer, priority = 'background' }: ComparingOptions,
    use: (call: ComparingCall) => Promise<T>,
  ): Promise<T> => {
    const { signal, end } = linked(outer);
    try {
      const lease = await acquire(model, signal, () => undefined);
      try {
        const result = await use({ link: lease.link, model, priority, signal, log });
        supervisor.healthy(model.id);
        return result;
      } finally {
        lease.release();
      }
    } finally {
      end();
    }
  };
  const embed: Engine['embed'] = (model, texts, call = {}) => compare(model, call, (held) => embedTexts(held, texts));
  const rerank: Engine['rerank'] = (model, query, documents, call = {}) =>
    compare(model, call, (held) => rankTexts(held, query, documents));

  /** `progress` ends when `lease` is settled. */
  const loadWithProgress = (model: CheckedModel, signal: AbortSignal) => {
    const progress = createAsyncQueue<GenerationEvent>({ signal, capacity: 1, whenFull: 'dropOldest' });
    const lease = acquire(model, signal, (fraction) => {
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
    quarantineOf: lessons.quarantineOf,
    readmit(modelId) {
      lessons.readmit(modelId);
      announce();
    },
    onChange: (listener) => changes.listen(listener),
    async load(model, outer, purpose) {
      const { signal, end } = linked(outer);
      const load = async (): Promise<void> => (await acquire(model, signal, () => undefined, purpose)).release();
      try {
        await load().catch((error: unknown) => (isLostBystander(error) ? load() : Promise.reject(error)));
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
    keep(wanted) {
      keeping = wanted;
      idleUnload.look();
    },
    adjust(wanted) {
      adjustment = wanted;
      if (current && !current.ended) current.limit(wanted.effort);
      idleUnload.look();
    },
    embed,
    rerank,
    embeddingModel: (model) => createEmbeddingModel(model.id, (texts, signal) => embed(model, texts, given(signal))),
    rerankingModel: (model) =>
      createRerankingModel(model.id, (query, documents, signal) => rerank(model, query, documents, given(signal))),
    languageModel: (model) => createLanguageModel(model.id, answer(model), log),
    async [Symbol.asyncDispose]() {
      disposal.abort();
      idleUnload[Symbol.dispose]();
      await supervisor[Symbol.asyncDispose]();
    },
  };
}

function given(signal: AbortSignal | undefined): ComparingOptions {
  return signal ? { signal } : {};
}
