import { cancelled } from '../../shared/errors/clawdbot-error.ts';
import type { EngineLoadOptions, EngineSnapshots } from '../../shared/model/engine-protocol.ts';
import type { ContextPlan } from '../../shared/model/memory-need.ts';
import type { Clock, Log, MemoryPressure, MemoryReading } from '../ports.ts';
import { untilAborted } from '../lib/until-aborted.ts';
import type { CheckedModel, ResidentState } from './engine.ts';
import { fromFailure, outOfMemory } from './failures.ts';
import type { HostLink } from './host-link.ts';
import { leaseOf, type Holding, type Lease } from './lease.ts';
import { askToLoad, askToUnload } from './load-requests.ts';
import { planResidency, type LoadPurpose, type ResidentUse } from './residency.ts';

export interface ResidentModelsOptions {
  readonly host: () => Promise<HostLink>;
  readonly memory: () => MemoryReading;
  readonly pressure: () => MemoryPressure;
  readonly isPinned: (modelId: string) => boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly load: Pick<EngineLoadOptions, 'threads' | 'batchTokens'>;
  /** Asked before each load. */
  readonly snapshots: () => EngineSnapshots | undefined;
  readonly onChange: () => void;
  /** A model is held by nobody any more. */
  readonly onIdle: () => void;
}

/** Which models are in the engine's memory, which come and which go. Loads happen one after the other. */
export interface ResidentModels {
  readonly states: ReadonlyMap<string, ResidentState>;
  /** Those that are loaded and not on their way out. */
  readonly uses: readonly ResidentUse[];
  /**
   * A load `ahead` makes nobody leave, and is given up as soon as somebody waits for another model.
   * @throws OUT_OF_MEMORY, MODEL_UNREADABLE, ENGINE_CRASHED, ENGINE_UNAVAILABLE, CANCELLED
   */
  acquire(
    model: CheckedModel,
    signal: AbortSignal,
    onProgress: (fraction: number) => void,
    purpose?: LoadPurpose,
  ): Promise<Lease>;
  unload(modelId: string): Promise<void>;
  /** The process is gone, and everything in it: the models that were, the one used last first. */
  forget(link: HostLink): CheckedModel[];
}

interface Loading {
  readonly kind: 'loading';
  readonly loaded: Promise<Loaded>;
  readonly abort: AbortController;
  readonly waiting: Set<(fraction: number) => void>;
  purpose: LoadPurpose;
  fraction: number;
  /** Set when those who wait hold it, though not all of them may know yet. */
  result: Loaded | undefined;
}

interface Loaded extends Holding {
  readonly kind: 'loaded';
  readonly model: CheckedModel;
  readonly contextTokens: number;
  readonly memoryBytes: number;
  /** Set once it is on its way out; whoever needs the model waits for this and loads it again. */
  leaving: Promise<void> | undefined;
}

export function createResidentModels(options: ResidentModelsOptions): ResidentModels {
  const { clock, log, onChange } = options;
  const entries = new Map<string, Loading | Loaded>();
  let lastLoad: Promise<unknown> = Promise.resolve();

  const uses = (): ResidentUse[] =>
    [...entries].flatMap(([modelId, entry]) => {
      if (entry.kind === 'loading' || entry.leaving) return [];
      const { memoryBytes, lastUsedMs, holders } = entry;
      return [{ modelId, memoryBytes, lastUsedMs, idle: holders === 0, pinned: options.isPinned(modelId) }];
    });

  const leaseIt = (entry: Loaded): Lease => {
    const lease = leaseOf(entry, clock.now);
    return {
      link: lease.link,
      release() {
        lease.release();
        if (entry.holders === 0) options.onIdle();
      },
    };
  };

  const takeOut = async (modelId: string, entry: Loaded): Promise<void> => {
    if (entry.holders > 0) await new Promise<void>((resolve) => (entry.onIdle = resolve));
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
  const makeRoom = async (model: CheckedModel, entry: Loading): Promise<ContextPlan> => {
    for (;;) {
      if (entry.abort.signal.aborted) throw cancelled();
      const plan = planResidency({
        model,
        availableBytes: options.memory().availableBytes,
        residents: uses(),
        pressure: options.pressure(),
        purpose: entry.purpose,
      });
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
    const plan = await makeRoom(model, entry);
    const freeBytes = options.memory().availableBytes;
    const snapshots = options.snapshots();
    const wanted = {
      ...options.load,
      contextTokens: plan.contextTokens,
      sequences: plan.sequences,
      ...(plan.windowed ? { windowed: true } : {}),
      ...(model.tuning ? { tuning: model.tuning } : {}),
      ...(snapshots ? { snapshots } : {}),
    };
    const { contextTokens, memoryBytes } = await askToLoad(link, model, wanted, signal, {
      progress: (fraction) => {
        entry.fraction = Math.max(entry.fraction, fraction);
        for (const tell of entry.waiting) tell(entry.fraction);
        onChange();
      },
      translate: (failure) => fromFailure(failure, model, freeBytes, log),
    });
    return {
      kind: 'loaded',
      model,
      link,
      contextTokens,
      // Never less than was planned: pages of a mapped file that were not touched yet are not counted by the host.
      memoryBytes: Math.max(memoryBytes, plan.neededBytes),
      holders: 0,
      lastUsedMs: clock.now(),
      leaving: undefined,
      onIdle: () => undefined,
    };
  };

  const beginLoad = (model: CheckedModel, purpose: LoadPurpose): Loading => {
    const turn = lastLoad;
    const done = Promise.withResolvers<Loaded>();
    const entry: Loading = {
      kind: 'loading',
      loaded: done.promise,
      abort: new AbortController(),
      waiting: new Set(),
      purpose,
      fraction: 0,
      result: undefined,
    };
    entries.set(model.id, entry);
    onChange();
    const run = async (): Promise<void> => {
      await turn;
      try {
        const loaded = await load(model, entry);
        if (entries.get(model.id) !== entry) {
          // Given up in its last moment: the memory is given back, nobody gets it.
          await askToUnload(loaded.link, model.id);
          throw cancelled();
        }
        if (loaded.link.ended) throw loaded.link.ended;
        // Held at once by all who wait, or it could leave again before they are told.
        loaded.holders = entry.waiting.size;
        entry.result = loaded;
        entries.set(model.id, loaded);
        done.resolve(loaded);
      } catch (error) {
        done.reject(error);
      } finally {
        if (entries.get(model.id) === entry) entries.delete(model.id);
        onChange();
      }
    };
    lastLoad = run();
    // Everyone who waits sees the failure; when nobody does any more it is still no unhandled rejection.
    done.promise.catch(() => undefined);
    return entry;
  };

  /** Somebody waits for this model: what is read for nobody makes way. */
  const overtake = (modelId: string): void => {
    for (const [otherId, entry] of entries) {
      if (otherId !== modelId && entry.kind === 'loading' && entry.purpose === 'ahead') void unload(otherId);
    }
  };

  const join = async (modelId: string, entry: Loading, signal: AbortSignal, onProgress: (fraction: number) => void) => {
    // Two who wait with the same function are still two.
    const tell = (fraction: number): void => onProgress(fraction);
    entry.waiting.add(tell);
    tell(entry.fraction);
    try {
      return leaseIt(await untilAborted(entry.loaded, signal));
    } catch (error) {
      entry.waiting.delete(tell);
      if (entry.result) leaseIt(entry.result).release();
      else if (entry.waiting.size === 0 && entries.get(modelId) === entry) void unload(modelId);
      throw error;
    }
  };

  return {
    get uses() {
      return uses();
    },
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
    async acquire(model, signal, onProgress, purpose = 'now') {
      for (;;) {
        if (signal.aborted) throw cancelled();
        if (purpose === 'now') overtake(model.id);
        const entry = entries.get(model.id) ?? beginLoad(model, purpose);
        if (entry.kind === 'loading') {
          if (purpose === 'now') entry.purpose = 'now';
          return await join(model.id, entry, signal, onProgress);
        }
        if (entry.leaving) {
          await untilAborted(entry.leaving, signal);
        } else if (entry.contextTokens < (model.leastContextTokens ?? 0)) {
          // After the answers that it is writing.
          await untilAborted(unload(model.id), signal);
        } else {
          entry.holders += 1;
          return leaseIt(entry);
        }
      }
    },
    unload,
    forget(link) {
      const gone = [...entries].flatMap(([modelId, entry]) =>
        entry.kind === 'loaded' && entry.link === link ? [{ modelId, entry }] : [],
      );
      for (const { modelId, entry } of gone) {
        entries.delete(modelId);
        entry.onIdle();
      }
      // Those that are held are being used just now.
      const usedMs = ({ holders, lastUsedMs }: Loaded): number => (holders > 0 ? Infinity : lastUsedMs);
      return gone
        .filter(({ entry }) => !entry.leaving)
        .toSorted((a, b) => compare(usedMs(b.entry), usedMs(a.entry)))
        .map(({ entry }) => entry.model);
    },
  };
}

function compare(one: number, other: number): number {
  return one === other ? 0 : one - other;
}
