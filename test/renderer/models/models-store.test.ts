import { describe, expect, test, vi } from 'vitest';

import { createI18n } from '../../../renderer/app/i18n.ts';
import { detailWords, isUsable, stateTone, stateWords } from '../../../renderer/models/model-words.ts';
import {
  adaptersFor,
  createModelsSelector,
  createModelsStore,
  defaultModel,
} from '../../../renderer/models/models-store.ts';
import { tryReadError } from '../../../renderer/rpc/read-error.ts';
import { createFormat } from '../../../renderer/ui/format.ts';
import type { ModelInfo, ModelState } from '../../../shared/contract/index.ts';
import { defaultModelOptions } from '../../../shared/model/model-options.ts';
import { connect, createFakeServices, createModel } from '../services.ts';

const t = createI18n('en').getFixedT('en', 'models');
const format = createFormat('en-GB');

const withState = (state: ModelState, fields: Partial<ModelInfo> = {}): ModelInfo =>
  createModel({ id: 'm', state, ...fields });

describe('the words about a model', () => {
  test.each<[ModelState, string, boolean]>([
    [{ kind: 'loaded' }, 'Loaded', true],
    [{ kind: 'loading', fraction: 0.634 }, 'Loading 63%', true],
    [{ kind: 'onDisk' }, 'On disk', true],
    [{ kind: 'doesNotFit', neededBytes: 9_100_000_000, freeBytes: 5_200_000_000 }, 'Does not fit', false],
    [{ kind: 'unusable', reason: 'The file ends early.' }, 'Unusable', false],
  ])('%j', (state, words, usable) => {
    expect(stateWords(t, format, withState(state))).toBe(words);
    expect(isUsable(withState(state))).toBe(usable);
  });

  test('give the numbers of one that does not fit and the reason of one that cannot be used', () => {
    const large = withState({ kind: 'doesNotFit', neededBytes: 9_100_000_000, freeBytes: 5_200_000_000 });
    expect(detailWords(t, format, large).replaceAll(/\s/g, ' ')).toBe('Needs 9.1 GB, 5.2 GB free');
    expect(detailWords(t, format, withState({ kind: 'unusable', reason: 'Broken.' }))).toBe('Broken.');
  });

  test('say what a model that compares texts is for, and do not call it unusable', () => {
    const state: ModelState = { kind: 'unusable', reason: 'It compares texts and writes none.' };
    const zh = createI18n('zh').getFixedT('zh', 'models');
    const embedding = withState(state, { purpose: 'embedding' });
    expect(stateWords(t, format, embedding)).toBe('For documents');
    expect(stateTone(embedding)).toBe('quiet');
    expect(detailWords(t, format, embedding)).toMatch(/^Finds passages by meaning · /);
    expect(detailWords(zh, format, embedding)).toMatch(/^按含义查找段落 · /);
    expect(detailWords(t, format, withState(state, { purpose: 'reranking' }))).toMatch(/^Puts the passages that fit/);
    expect(isUsable(embedding)).toBe(false);
  });

  test('leave out what nobody knows', () => {
    const plain = withState({ kind: 'onDisk' }, { quantisation: null });
    expect(detailWords(t, format, plain).replaceAll(/\s/g, ' ')).toBe('2 GB');
    const measured = withState({ kind: 'onDisk' }, { expectedFirstWordMs: 640, placeholder: true });
    expect(detailWords(t, format, measured).replaceAll(/\s/g, ' ')).toBe(
      'Placeholder · 2 GB · Q4_K_M · first word in 640 ms',
    );
  });
});

describe('the list of models', () => {
  const services = () =>
    createFakeServices({
      models: {
        defaultModelId: 'small',
        models: [
          createModel({ id: 'small', state: { kind: 'loaded' } }),
          createModel({ id: 'other' }),
          withState({ kind: 'doesNotFit', neededBytes: 9e9, freeBytes: 5e9 }),
        ],
      },
    });

  test('follows a switch from the first percent to loaded', async () => {
    await using page = await connect(services());
    const store = createModelsStore(page.connection.client);
    await vi.waitFor(() => expect(defaultModel(store.getState().list)?.id).toBe('small'), { timeout: 10_000 });
    const kinds = new Set<string>();
    store.subscribe(({ list }) => void kinds.add(defaultModel(list)?.state.kind ?? ''));
    await store.getState().use('other');
    await vi.waitFor(() => expect(defaultModel(store.getState().list)?.state.kind).toBe('loaded'), { timeout: 10_000 });
    expect(defaultModel(store.getState().list)?.id).toBe('other');
    expect(kinds).toContain('loading');
    store.dispose();
  });

  test('refuses one that does not fit with the numbers', async () => {
    await using page = await connect(services());
    const store = createModelsStore(page.connection.client);
    const failed: unknown = await store
      .getState()
      .use('m')
      .catch((error: unknown) => error);
    expect(tryReadError(failed)).toMatchObject({ code: 'OUT_OF_MEMORY', data: { neededBytes: 9e9, freeBytes: 5e9 } });
    store.dispose();
  });

  test('stores options of a model and gives them back', async () => {
    await using page = await connect(services());
    const store = createModelsStore(page.connection.client);
    const before = await store.getState().options('small');
    expect(before).toEqual(defaultModelOptions);
    await store.getState().setOptions('small', { ...before, kvType: 'q8_0', adapters: [{ modelId: 'a', scale: 0.5 }] });
    expect(await store.getState().options('small')).toMatchObject({ kvType: 'q8_0', adapters: [{ scale: 0.5 }] });
    const failed: unknown = await store
      .getState()
      .setOptions('small', { ...before, contextTokens: 1 })
      .catch((error: unknown) => error);
    expect(tryReadError(failed)).toMatchObject({ code: 'BAD_INPUT' });
    store.dispose();
  });

  test('offers the adapters that were made for models of the kind', () => {
    const adapter = createModel({ id: 'adapter', isAdapter: true });
    const foreign = createModel({ id: 'foreign', architecture: 'qwen2', isAdapter: true });
    const model = createModel({ id: 'small' });
    expect(
      adaptersFor({ models: [model, adapter, foreign], defaultModelId: null, folder: '', pinnedIds: [] }, model),
    ).toEqual([adapter]);
  });

  test('unloads and looks at the folder again', async () => {
    await using page = await connect(services());
    const store = createModelsStore(page.connection.client);
    await store.getState().unload('small');
    await store.getState().rescan();
    expect(store.getState().list?.models[0]?.state.kind).toBe('onDisk');
    store.dispose();
  });
});

test('a thread hears of its models only what it shows: who there is, and who can answer', () => {
  const select = createModelsSelector();
  const models = [createModel({ id: 'a' }), createModel({ id: 'b' })];
  const list = { models, defaultModelId: 'a', pinnedIds: [], folder: '/models' };
  const known = select({ list });
  expect(known).toBe(models);
  const estimated = [createModel({ id: 'a', expectedFirstWordMs: 21 }), createModel({ id: 'b' })];
  expect(select({ list: { ...list, models: estimated } })).toBe(known);
  const broken = [createModel({ id: 'a' }), createModel({ id: 'b', state: { kind: 'loaded' } })];
  expect(select({ list: { ...list, models: broken } })).toBe(broken);
  expect(select({ list: { ...list, models: [] } })).toEqual([]);
  expect(select({ list: null })).toBeUndefined();
});
