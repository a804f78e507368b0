import path from 'node:path';

import type { ModelInfo, ModelList } from '../../shared/contract/index.ts';
import { isCancellation } from '../../shared/errors/clawdbot-error.ts';
import { leastMemoryBytes, reachableContext } from '../../shared/model/memory-need.ts';
import type { CheckedModel, Engine } from '../engine/engine.ts';
import { createAsyncQueue } from '../lib/async-queue.ts';
import { createEmitter } from '../lib/emitter.ts';
import type { Log, MemoryReading, Paths } from '../ports.ts';
import type { SettingsStore } from '../store/settings.ts';
import { chooseComparing } from './choose-comparing.ts';
import { chooseDefault } from './choose-default.ts';
import { createFirstWordTimes } from './first-word-times.ts';
import type { FoundModel } from './found-model.ts';
import { createLoadFailures } from './load-failures.ts';
import { measuredModel } from './measured-model.ts';
import { doesNotFit, modelNotFound, noModel, quarantined, unreadable } from './model-errors.ts';
import { nameModels } from './model-names.ts';
import { createModelScanner } from './model-scanner.ts';
import { modelInfo, modelState, tryCheckedModel } from './model-state.ts';
import type { Models } from './models.ts';
import { createTunedModels } from './tuned-models.ts';

export interface ModelsOptions {
  readonly paths: Pick<Paths, 'data' | 'bundledModels' | 'modelFiles'>;
  readonly engine: Engine;
  readonly settings: SettingsStore;
  readonly memory: () => MemoryReading;
  readonly log: Log;
  /** How often the free memory is looked at while somebody watches. Default: 5 seconds. */
  readonly sampleEveryMs?: number;
}

/** Resolves once every model file was looked into. */
export async function createModels(options: ModelsOptions): Promise<Models> {
  const { engine, settings, memory, log, sampleEveryMs = 5000 } = options;
  const folder = path.join(options.paths.data, 'models');
  const life = new AbortController();
  const changed = createEmitter<ModelList>();
  const firstWords = createFirstWordTimes();
  const failures = createLoadFailures(engine);
  /** Loads that nobody's question waits for; unloading the model ends them. */
  const loads = new Map<string, AbortController>();
  /** A file named at the start answers until the person chooses. */
  let namedStands = true;
  let announced = '';
  let sampling: NodeJS.Timeout | undefined;

  const scanner = await createModelScanner(
    { files: options.paths.modelFiles, library: folder, bundled: options.paths.bundledModels },
    () => announce(),
    log,
  );

  const tuned = createTunedModels(settings, () => scanner.last.models);

  function freeBytes(): number {
    return memory().availableBytes + (engine.memoryBytes ?? 0);
  }

  function list(): ModelList {
    const { models, namedId } = scanner.last;
    const names = nameModels(models);
    const free = freeBytes();
    const infos = models.map((found): ModelInfo => {
      const name = names.get(found.id) ?? found.label;
      const checked = tryCheckedModel(found, name);
      const state = modelState(
        found,
        checked && tuned.tune(checked, found, true),
        engine.residents.get(found.id),
        engine.quarantineOf(found),
        failures.of(found),
        free,
      );
      return modelInfo(found, name, state, firstWords.expectedMs(found.id));
    });
    const wanted = { namedId: namedStands ? namedId : null, settingsId: settings.read().defaultModelId };
    return {
      models: infos,
      defaultModelId: chooseDefault(models, wanted),
      pinnedIds: [...settings.read().pinnedModelIds],
      folder,
    };
  }

  function keep({ defaultModelId, pinnedIds }: ModelList): void {
    const { idleUnloadMinutes } = settings.read();
    const idleUnloadMs = idleUnloadMinutes === null ? null : idleUnloadMinutes * 60_000;
    engine.keep({ pinnedIds, chosenId: defaultModelId, idleUnloadMs });
  }

  function announce(): void {
    if (life.signal.aborted) return;
    const now = list();
    const text = JSON.stringify(now);
    if (text === announced) return;
    announced = text;
    keep(now);
    changed.emit(now);
  }

  /** @throws MODEL_NOT_FOUND, MODEL_QUARANTINED, MODEL_UNREADABLE, MODEL_UNSUPPORTED, OUT_OF_MEMORY */
  function requireReady(modelId: string): { info: ModelInfo; checked: CheckedModel; found: FoundModel } {
    const { models } = list();
    const info = models.find((model) => model.id === modelId);
    const found = scanner.last.models.find((model) => model.id === modelId);
    if (!info || !found) throw modelNotFound(modelId, folder);
    if (info.state.kind === 'quarantined') throw quarantined(info, info.state);
    if (info.state.kind === 'unusable') throw unreadable(info, info.state.reason);
    if (info.state.kind === 'doesNotFit') {
      // The list rounds what it measured itself.
      const free = failures.of(found) ? info.state.freeBytes : freeBytes();
      throw doesNotFit(info, info.state.neededBytes, free, nearestThatFits(modelId));
    }
    const checked = tryCheckedModel(found, info.name);
    if (!checked) throw modelNotFound(modelId, folder);
    return { info, checked: tuned.tune(checked, found, false), found };
  }

  function nearestThatFits(exceptId: string): string | null {
    const { models } = scanner.last;
    const free = freeBytes();
    const names = nameModels(models);
    const [largest] = models
      .flatMap(({ id, inspection }) => (inspection.kind === 'usable' && id !== exceptId ? [{ id, ...inspection }] : []))
      .filter((model) => !model.placeholder && leastMemoryBytes(model) <= free)
      .toSorted((a, b) => b.weightsBytes - a.weightsBytes);
    return largest ? (names.get(largest.id) ?? null) : null;
  }

  /** What a conversation may come to; the engine loads a model again when one needs more than it has. */
  function contextOf(checked: CheckedModel): number {
    const resident = engine.residents.get(checked.id);
    const loaded = resident?.kind === 'loaded' ? resident.contextTokens : 0;
    const reachable = reachableContext(checked, freeBytes()) ?? Math.min(512, checked.trainedContextTokens);
    return Math.max(loaded, reachable);
  }

  function recordFailure(found: FoundModel, error: unknown): void {
    if (failures.record(found, error)) announce();
  }

  async function load(checked: CheckedModel, found: FoundModel): Promise<void> {
    const abort = loads.get(checked.id) ?? new AbortController();
    loads.set(checked.id, abort);
    try {
      await engine.load(checked, AbortSignal.any([abort.signal, life.signal]));
    } catch (error) {
      if (isCancellation(error)) return;
      log.warn({ err: error, modelId: checked.id }, 'A model could not be loaded.');
      recordFailure(found, error);
    } finally {
      if (loads.get(checked.id) === abort) loads.delete(checked.id);
    }
  }

  function watchSettings(): void {
    let before = settings.read().defaultModelId;
    const read = async (): Promise<void> => {
      for await (const { defaultModelId } of settings.watch(life.signal)) {
        if (defaultModelId !== before) namedStands = false;
        before = defaultModelId;
        keep(list());
        announce();
      }
    };
    read().catch((error: unknown) => log.error({ err: error }, 'Changes of the settings no longer reach the models.'));
  }

  const stopListening = engine.onChange(() => announce());
  watchSettings();
  const atFirst = list();
  announced = JSON.stringify(atFirst);
  keep(atFirst);

  return {
    current: list,
    watch(signal) {
      let stop = (): void => {};
      const queue = createAsyncQueue<ModelList>({
        signal: AbortSignal.any([signal, life.signal]),
        capacity: 1,
        whenFull: 'dropOldest',
        onEnd: () => stop(),
      });
      if (queue.ended) return queue;
      const stopWatching = changed.listen((value) => queue.push(value));
      sampling ??= setInterval(announce, sampleEveryMs).unref();
      stop = () => {
        stopWatching();
        if (changed.size > 0) return;
        clearInterval(sampling);
        sampling = undefined;
      };
      queue.push(list());
      return queue;
    },
    async rescan() {
      failures.clear();
      await scanner.scan();
      return list();
    },
    use(modelId) {
      failures.forget(modelId);
      engine.readmit(modelId);
      const { checked, found } = requireReady(modelId);
      settings.update({ defaultModelId: modelId });
      namedStands = false;
      announce();
      void load(checked, found);
    },
    options(modelId) {
      if (!scanner.last.models.some(({ id }) => id === modelId)) throw modelNotFound(modelId, folder);
      return tuned.optionsOf(modelId);
    },
    drafters(modelId) {
      const found = scanner.last.models.find(({ id }) => id === modelId);
      if (!found) throw modelNotFound(modelId, folder);
      return tuned.draftersFor(found);
    },
    setOptions(modelId, wanted) {
      const found = scanner.last.models.find(({ id }) => id === modelId);
      const info = list().models.find(({ id }) => id === modelId);
      const checked = found && info && tryCheckedModel(found, info.name);
      if (!checked) throw modelNotFound(modelId, folder);
      tuned.store(checked, found, wanted);
      failures.forget(modelId);
      announce();
      if (engine.residents.has(modelId)) {
        void engine
          .unload(modelId)
          .then(() => load(tuned.tune(checked, found, false), found))
          .catch((error: unknown) => log.warn({ err: error, modelId }, 'A model could not be loaded anew.'));
      }
      return wanted;
    },
    async preload(modelId, signal) {
      const { defaultModelId, models } = list();
      const id = modelId ?? defaultModelId;
      if (id === null || models.find((model) => model.id === id)?.state.kind !== 'onDisk') return;
      const { checked } = requireReady(id);
      const abort = new AbortController();
      const leave = (): void => {
        const resident = engine.residents.get(id);
        if (resident?.kind !== 'loading' || resident.fraction === 0) abort.abort();
      };
      signal?.addEventListener('abort', leave, { once: true });
      try {
        await engine.load(checked, AbortSignal.any([abort.signal, life.signal]), 'ahead');
      } catch (error) {
        log.debug({ err: error, modelId: id }, 'A model was not loaded ahead.');
      } finally {
        signal?.removeEventListener('abort', leave);
      }
    },
    pin(modelId, pinned) {
      const others = settings.read().pinnedModelIds.filter((id) => id !== modelId);
      settings.update({ pinnedModelIds: pinned ? [...others, modelId] : others });
    },
    async unload(modelId) {
      loads.get(modelId)?.abort();
      await engine.unload(modelId);
    },
    choose(modelId) {
      const current = list();
      const id = modelId ?? current.defaultModelId;
      if (id === null) throw noModel(folder, current.models);
      const { info, checked, found } = requireReady(id);
      const model = measuredModel(engine.languageModel(checked), {
        isLoaded: () => engine.residents.get(id)?.kind === 'loaded',
        // Told with the next look: the windows have the word itself to draw just now.
        onFirstWord: (elapsedMs) => firstWords.add(id, elapsedMs),
        onFailure: (error) => recordFailure(found, error),
      });
      return { info, model, contextTokens: contextOf(checked) };
    },
    comparing(purpose) {
      const names = nameModels(scanner.last.models);
      const usable = scanner.last.models.filter((model) => engine.quarantineOf(model) === undefined);
      return chooseComparing(usable, purpose, ({ id, label }) => names.get(id) ?? label);
    },
    onChange: (listener) => changed.listen(listener),
    async [Symbol.asyncDispose]() {
      life.abort();
      stopListening();
      clearInterval(sampling);
      await scanner[Symbol.asyncDispose]();
    },
  };
}
