import type { Models } from '../../electron/library/models.ts';
import { createAsyncQueue } from '../../electron/lib/async-queue.ts';
import { createEmitter } from '../../electron/lib/emitter.ts';
import type { ModelInfo, ModelList, ModelState } from '../../shared/contract/index.ts';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { defaultModelOptions, type ModelOptions } from '../../shared/model/model-options.ts';

export interface FakeModels extends Models {
  /** Changes one model's state as the engine would. */
  become(modelId: string, state: ModelState): void;
  set(list: ModelList): void;
}

/** A list of models that pretends to load; nothing of it can answer. */
export function createFakeModels(initial: ModelList, loadStepMs = 30): FakeModels {
  const changed = createEmitter<ModelList>();
  const timers = new Map<string, NodeJS.Timeout>();
  const options = new Map<string, ModelOptions>();
  let list = initial;

  const set = (next: ModelList): void => {
    list = next;
    changed.emit(list);
  };
  const find = (modelId: string): ModelInfo => {
    const model = list.models.find(({ id }) => id === modelId);
    if (!model) throw new ClawdbotError('MODEL_NOT_FOUND', 'This model is gone.', { modelId });
    return model;
  };
  const become = (modelId: string, state: ModelState): void =>
    set({ ...list, models: list.models.map((model) => (model.id === modelId ? { ...model, state } : model)) });
  const halt = (modelId: string): void => {
    clearInterval(timers.get(modelId));
    timers.delete(modelId);
  };

  return {
    set,
    become,
    current: () => list,
    watch(signal) {
      const queue = createAsyncQueue<ModelList>({ signal, onEnd: () => end() });
      const end = changed.listen((next) => queue.push(next));
      queue.push(list);
      return queue;
    },
    async rescan() {
      set({ ...list });
      return list;
    },
    use(modelId) {
      const { name, path, state } = find(modelId);
      if (state.kind === 'doesNotFit') {
        const { neededBytes, freeBytes } = state;
        throw new ClawdbotError('OUT_OF_MEMORY', `${name} does not fit.`, { modelName: name, neededBytes, freeBytes });
      }
      if (state.kind === 'unusable') {
        throw new ClawdbotError('MODEL_UNREADABLE', `${name} cannot be used.`, { path, reason: state.reason });
      }
      set({ ...list, defaultModelId: modelId });
      if (state.kind !== 'onDisk' && state.kind !== 'quarantined') return;
      let fraction = 0;
      become(modelId, { kind: 'loading', fraction });
      timers.set(
        modelId,
        setInterval(() => {
          fraction = Math.min(1, fraction + 0.07);
          if (fraction >= 1) halt(modelId);
          become(modelId, fraction >= 1 ? { kind: 'loaded' } : { kind: 'loading', fraction });
        }, loadStepMs),
      );
    },
    options: (modelId) => options.get(find(modelId).id) ?? defaultModelOptions,
    drafters: (modelId) => list.models.flatMap(({ id }) => (id === modelId ? [] : [id])),
    setOptions(modelId, wanted) {
      options.set(find(modelId).id, wanted);
      return wanted;
    },
    preload: () => Promise.resolve(),
    pin(modelId, pinned) {
      const others = list.pinnedIds.filter((id) => id !== modelId);
      set({ ...list, pinnedIds: pinned ? [...others, modelId] : others });
    },
    async unload(modelId) {
      halt(modelId);
      become(find(modelId).id, { kind: 'onDisk' });
    },
    choose(modelId) {
      throw new ClawdbotError('MODEL_NOT_FOUND', 'A fake model cannot answer.', { modelId: modelId ?? '' });
    },
    comparing: () => undefined,
    onChange: (listener) => changed.listen(listener),
    async [Symbol.asyncDispose]() {
      for (const id of timers.keys()) halt(id);
    },
  };
}
