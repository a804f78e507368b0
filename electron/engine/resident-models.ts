import { cancelled } from '../../shared/errors/clawdbot-error.ts';
import type { EngineLoadOptions, EngineSnapshots } from '../../shared/model/engine-protocol.ts';
import type { ContextPlan } from '../../shared/model/memory-need.ts';
import type { Clock, Log, MemoryReading } from '../ports.ts';
import { untilAborted } from '../lib/until-aborted.ts';
import type { CheckedModel, ResidentState } from './engine.ts';
import { fromFailure, outOfMemory } from './failures.ts';
import type { HostLink } from './host-link.ts';
import { askToLoad, askToUnload } from './load-requests.ts';
import { planResidency, type ResidentUse } from './residency.ts';

export interface ResidentModelsOptions {
  readonly host: () => Promise<HostLink>;
  readonly memory: () => MemoryReading;
  readonly clock: Clock;
  readonly log: Log;
  readonly load: Pick<EngineLoadOptions, 'threads' | 'batchTokens'>;
  /** Asked before each load. */
  readonly snapshots: () => EngineSnapshots | undefined;
  readonly onChange: () => void;
}

/** Holds a model in memory while it is used. */
export interface Lease {
  readonly link: HostLink;
  release(): void;
}

/** Which models are in the engine's memory, which come and which go. Loads happen one after the other. */
export interface ResidentModels {
  readonly states: ReadonlyMap<string, ResidentState>;
  /** @throws OUT_OF_MEMORY, MODEL_UNREADABLE, ENGINE_CRASHED, ENGINE_UNAVAILABLE, CANCELLED */
  acquire(model: CheckedModel, signal: AbortSignal, onProgress: (fraction: number) => void): Promise<Lease>;
  unload(modelId: string): Promise<void>;
  /** The process is gone, and everything in it. */
  forget(link: HostLink): void;
}

interface Loading {
  readonly kind: 'loading';
  readonly loaded: Promise<void>;
  readonly abort: AbortController;
  readonly listeners: Set<(fraction: number) => void>;
  fraction: number;
}

interface Loaded {
  readonly kind: 'loaded';
  readonly link: HostLink;
  readonly contextTokens: number;
  readonly memoryBytes: number;
  leases: number;
  lastUsedMs: number;
  /** Set once it is on its way out; whoever needs the model waits for this and loads it again. */
  leaving: Promise<void> | undefined;
  onIdle: () => void;
}

export function createResidentModels(options: ResidentModelsOptions): ResidentModels {
  const { clock, log, onChange } = options;
  const entries = new Map<string, Loading | Loaded>();
  let lastLoad: Promise<unknown> = Promise.resolve();

  const uses = (): ResidentUse[] =>
    [...entries].flatMap(([modelId, entry]) =>
      entry.kind === 'loaded' && !entry.leaving
        ? [{ modelId, memoryBytes: entry.memoryBytes, lastUsedMs: entry.lastUsedMs, idle: entry.leases === 0 }]
        : [],
    );

  const takeOut = async (modelId: string, entry: Loaded): Promise<void> => {
    if (entry.leases > 0) await new Promise<void>((resolve) => (entry.onIdle = resolve));
    await askToUnload(entry.link, modelId);
    if (entries.get(modelId) === entry) entries.delete(modelId);
    onChange();
  };

  const unload = async (modelId: string): Promise<void> => {
    const entry = entries.get(modelId);
    if (!entry) return;
    if (entry.kind === 'loaded') return (entry.leaving ??= takeOut(modelId, entry));
    entries.delete(modelId);
    entry.abort.abort();
    onChange();
    await entry.loaded.catch(() => undefined);
  };

  /** Makes room, one eviction at a time: what an eviction really gives back is known only afterwards. */
  const makeRoom = async (model: CheckedModel, signal: AbortSignal): Promise<ContextPlan> => {
    for (;;) {
      if (signal.aborted) throw cancelled();
      const plan = planResidency(model, options.memory().availableBytes, uses());
      switch (plan.kind) {
        case 'load':
          return plan;
        case 'refuse':
          throw outOfMemory(model.name, plan.neededBytes, plan.freeBytes);
        case 'evict':
          log.info({ modelId: plan.modelId, for: model.id }, 'A model leaves memory to make room.');
          await unload(plan.modelId);
      }
    }
  };

  const load = async (model: CheckedModel, entry: Loading): Promise<Loaded> => {
    const { signal } = entry.abort;
    const link = await untilAborted(options.host(), signal);
    const plan = await makeRoom(model, signal);
    const freeBytes = options.memory().availableBytes;
    const snapshots = options.snapshots();
    const wanted = {
      ...options.load,
      contextTokens: plan.contextTokens,
      sequences: plan.sequences,
      ...(model.tuning ? { tuning: model.tuning } : {}),
      ...(snapshots ? { snapshots } : {}),
    };
    const { contextTokens, memoryBytes } = await askToLoad(link, model, wanted, signal, {
      progress: (fraction) => {
        entry.fraction = Math.max(entry.fraction, fraction);
        for (const listener of entry.listeners) listener(entry.fraction);
        onChange();
      },
      translate: (failure) => fromFailure(failure, model, freeBytes, log),
    });
    return {
      kind: 'loaded',
      link,
      contextTokens,
      // Never less than was planned: pages of a mapped file that were not touched yet are not counted by the host.
      memoryBytes: Math.max(memoryBytes, plan.neededBytes),
      leases: 0,
      lastUsedMs: clock.now(),
      leaving: undefined,
      onIdle: () => undefined,
    };
  };

  const beginLoad = (model: CheckedModel): Loading => {
    const turn = lastLoad;
    const started = Promise.withResolvers<void>();
    const entry: Loading = {
      kind: 'loading',
      loaded: started.promise,
      abort: new AbortController(),
      listeners: new Set(),
      fraction: 0,
    };
    entries.set(model.id, entry);
    onChange();
    const run = async (): Promise<void> => {
      await turn;
      try {
        const loaded = await load(model, entry);
        // Given up in its last moment: the memory is given back, nobody holds it.
        if (entries.get(model.id) !== entry) await askToUnload(loaded.link, model.id);
        else if (!loaded.link.ended) entries.set(model.id, loaded);
        started.resolve();
      } catch (error) {
        started.reject(error);
      } finally {
        if (entries.get(model.id) === entry) entries.delete(model.id);
        onChange();
      }
    };
    // A turn of the event loop, so that those who waited hold the model before the next load looks for idle ones.
    lastLoad = run().then(() => new Promise((resolve) => setImmediate(resolve)));
    // Everyone who waits sees the failure; when nobody does any more it is still no unhandled rejection.
    started.promise.catch(() => undefined);
    return entry;
  };

  const join = async (modelId: string, entry: Loading, signal: AbortSignal, onProgress: (fraction: number) => void) => {
    entry.listeners.add(onProgress);
    onProgress(entry.fraction);
    try {
      await untilAborted(entry.loaded, signal);
    } finally {
      entry.listeners.delete(onProgress);
      if (entry.listeners.size === 0 && entries.get(modelId) === entry) void unload(modelId);
    }
  };

  return {
    get states() {
      return new Map(
        [...entries].map(([modelId, entry]): [string, ResidentState] => [
          modelId,
          entry.kind === 'loading'
            ? { kind: 'loading', fraction: entry.fraction }
            : { kind: 'loaded', contextTokens: entry.contextTokens },
        ]),
      );
    },
    async acquire(model, signal, onProgress) {
      for (;;) {
        if (signal.aborted) throw cancelled();
        const entry = entries.get(model.id) ?? beginLoad(model);
        if (entry.kind === 'loading') {
          await join(model.id, entry, signal, onProgress);
        } else if (entry.leaving) {
          await untilAborted(entry.leaving, signal);
        } else {
          return lease(entry, clock);
        }
      }
    },
    unload,
    forget(link) {
      for (const [modelId, entry] of entries) {
        if (entry.kind !== 'loaded' || entry.link !== link) continue;
        entries.delete(modelId);
        entry.onIdle();
      }
    },
  };
}

function lease(entry: Loaded, clock: Clock): Lease {
  let released = false;
  entry.leases += 1;
  return {
    link: entry.link,
    release() {
      if (released) return;
      released = true;
      entry.leases -= 1;
      entry.lastUsedMs = clock.now();
      if (entry.leases === 0) entry.onIdle();
    },
  };
}
