import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

import { modelOptionsSchema } from '../../shared/contract/index.ts';
import { defaultModelOptions, type ModelOptions } from '../../shared/model/model-options.ts';
import { writeGguf } from '../model/gguf-writer.ts';
import { text } from '../model/gguf-values.ts';
import { cutScript } from '../model/script-pieces.ts';
import { writeScriptedModel } from '../model/scripted-model.ts';
import { skippingAdapter, writeSkippingAdapter } from '../model/skipping-adapter.ts';
import { withMetadata } from '../model/tiny-families.ts';
import { writeTinyModel } from '../model/tiny-model.ts';
import { find, openFolders, openModels } from './models-under-test.ts';

const script = { text: 'one two three' };
const skip = { script, after: 0, next: 2 };

async function library(settings?: Parameters<typeof openModels>[1]) {
  const folders = await openFolders();
  await mkdir(folders.library, { recursive: true });
  const place = (name: string): string => path.join(folders.library, `${name}.gguf`);
  await writeTinyModel(place('tiny'));
  await writeSkippingAdapter(place('skip'), skip);
  await writeGguf(place('foreign'), withMetadata(skippingAdapter(skip), { 'general.architecture': text('qwen2') }));
  const under = await openModels(folders, { scripts: { tiny: { reply: 'Hello' } }, ...settings });
  return { ...under, place };
}

const loadsOf = (under: Awaited<ReturnType<typeof library>>) =>
  (under.engine.host?.requests ?? []).flatMap((request) => (request.type === 'load' ? [request.options] : []));

describe('options of a model', () => {
  test('are those of llama.cpp until the person changes them', async () => {
    const { models } = await library();
    expect(models.options('tiny')).toEqual(defaultModelOptions);
    expect(() => models.options('absent')).toThrow(expect.objectContaining({ code: 'MODEL_NOT_FOUND' }));
  });

  test('are stored, survive, and go to the engine with the load', async () => {
    const under = await library();
    const { models, settings, until } = under;
    const wanted: ModelOptions = {
      ...defaultModelOptions,
      contextTokens: 1280,
      kvType: 'q8_0',
      mapping: 'off',
      adapters: [{ modelId: 'skip', scale: 0.5 }],
    };
    expect(models.setOptions('tiny', wanted)).toEqual(wanted);
    expect(settings.read().modelOptions).toEqual({ tiny: wanted });
    models.use('tiny');
    await until((list) => find(list, 'tiny').state.kind === 'loaded');
    expect(loadsOf(under)).toEqual([
      expect.objectContaining({
        contextTokens: 1280,
        tuning: expect.objectContaining({
          kvType: 'q8_0',
          mapping: 'off',
          adapters: [{ path: under.place('skip'), scale: 0.5 }],
        }),
      }),
    ]);
    models.setOptions('tiny', defaultModelOptions);
    expect(settings.read().modelOptions).toEqual({});
  });

  test('load a model anew that is in memory', async () => {
    const under = await library();
    const { models, until } = under;
    models.use('tiny');
    await until((list) => find(list, 'tiny').state.kind === 'loaded');
    models.setOptions('tiny', { ...defaultModelOptions, flashAttention: 'off' });
    await until(() => loadsOf(under).length === 2);
    await until((list) => find(list, 'tiny').state.kind === 'loaded');
    expect(loadsOf(under).map(({ tuning }) => tuning?.flashAttention)).toEqual(['auto', 'off']);
  });

  test.for<[Partial<ModelOptions>, string]>([
    [{ contextTokens: 4096 }, 'contextTokens'],
    [{ kvType: 'q4_0', flashAttention: 'off' }, 'kvType'],
    [{ adapters: [{ modelId: 'absent', scale: 1 }] }, 'adapters'],
    [{ adapters: [{ modelId: 'foreign', scale: 1 }] }, 'adapters'],
    [
      {
        adapters: [
          { modelId: 'skip', scale: 1 },
          { modelId: 'skip', scale: 2 },
        ],
      },
      'adapters',
    ],
  ])('%j are refused by name, and nothing is stored', async ([options, what]) => {
    const { models, settings } = await library();
    expect(() => models.setOptions('tiny', { ...defaultModelOptions, ...options })).toThrow(
      expect.objectContaining({ code: 'MODEL_UNSUPPORTED', data: expect.objectContaining({ what }) }),
    );
    expect(settings.read().modelOptions).toEqual({});
  });

  test('belong to models that answer: an adapter is shown as such and has none', async () => {
    const { models } = await library();
    const list = models.current();
    expect(find(list, 'skip')).toMatchObject({ isAdapter: true, architecture: 'llama', state: { kind: 'unusable' } });
    expect(find(list, 'tiny').isAdapter).toBeUndefined();
    expect(() => models.setOptions('skip', defaultModelOptions)).toThrow(
      expect.objectContaining({ code: 'MODEL_NOT_FOUND' }),
    );
  });

  test('with an adapter that has gone refuse the question and leave the list as it is', async () => {
    const { models, until, place } = await library();
    models.setOptions('tiny', { ...defaultModelOptions, adapters: [{ modelId: 'skip', scale: 1 }] });
    await rm(place('skip'));
    await models.rescan();
    await until((list) => list.models.every(({ id }) => id !== 'skip'));
    expect(find(models.current(), 'tiny').state.kind).toBe('onDisk');
    expect(() => models.choose('tiny')).toThrow(
      expect.objectContaining({ code: 'MODEL_UNSUPPORTED', data: expect.objectContaining({ what: 'adapters' }) }),
    );
  });

  test('that leave something out in the file are completed; values out of range are no options', async () => {
    const { models } = await library({ settings: { modelOptions: { tiny: { locked: true } } } });
    expect(models.options('tiny')).toEqual({ ...defaultModelOptions, locked: true });
    for (const wrong of [{ contextTokens: 255 }, { gpuLayers: -1 }, { kvType: 'f32' }, { mapping: true }]) {
      expect(modelOptionsSchema.safeParse({ ...defaultModelOptions, ...wrong }).success).toBe(false);
    }
    const many = Array.from({ length: 9 }, (_, index) => ({ modelId: String(index), scale: 1 }));
    expect(modelOptionsSchema.safeParse({ ...defaultModelOptions, adapters: many }).success).toBe(false);
  });
});

describe('a model that guesses ahead', () => {
  const drafting = (draftModelId: string | null): ModelOptions => ({
    ...defaultModelOptions,
    speculation: 'draft',
    draftModelId,
  });

  async function withDrafters() {
    const under = await library();
    await writeScriptedModel(under.place('large'), { text: 'one two three', layers: 2 });
    await writeTinyModel(under.place('small'), { words: cutScript('one two three') });
    await writeScriptedModel(under.place('middle'), { text: 'one two three' });
    await writeTinyModel(under.place('foreign-words'), { words: ['x1', 'x2'] });
    await under.models.rescan();
    return under;
  }

  test('is offered when it is smaller and has the same words, the smallest first', async () => {
    const { models } = await withDrafters();
    expect(models.drafters('large')).toEqual(['tiny', 'small', 'middle']);
    expect(models.drafters('small')).toEqual(['tiny']);
    expect(models.drafters('tiny')).toEqual([]);
    expect(() => models.drafters('absent')).toThrow(expect.objectContaining({ code: 'MODEL_NOT_FOUND' }));
  });

  test('goes to the engine with the load, and counts in the memory that is needed', async () => {
    const under = await withDrafters();
    const { models, until } = under;
    models.setOptions('large', drafting('small'));
    expect(() => models.choose('large')).not.toThrow();
    models.use('large');
    await until((list) => find(list, 'large').state.kind !== 'onDisk');
    await until(() => loadsOf(under).length > 0);
    expect(loadsOf(under)[0]?.tuning).toMatchObject({ speculation: 'draft', draftPath: under.place('small') });
  });

  test.for([
    ['has other words', 'foreign-words', 'other words'],
    ['is larger', 'large', 'not smaller'],
    ['is not there', 'absent', 'not there'],
    ['is an adapter', 'skip', 'adapter'],
  ] as const)('that %s is refused in words, and nothing is stored', async ([, id, reason]) => {
    const { models, settings } = await withDrafters();
    expect(() => models.setOptions('middle', drafting(id))).toThrow(
      expect.objectContaining({
        code: 'MODEL_UNSUPPORTED',
        data: expect.objectContaining({ what: 'draftModelId', reason: expect.stringContaining(reason) }),
      }),
    );
    expect(() => models.setOptions('middle', drafting(null))).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ what: 'draftModelId' }) }),
    );
    expect(settings.read().modelOptions).toEqual({});
  });

  test('that has gone refuses the question and leaves the list as it is', async () => {
    const { models, until, place } = await withDrafters();
    models.setOptions('large', drafting('small'));
    await rm(place('small'));
    await models.rescan();
    await until((list) => list.models.every(({ id }) => id !== 'small'));
    expect(find(models.current(), 'large').state.kind).toBe('onDisk');
    expect(() => models.choose('large')).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ what: 'draftModelId' }) }),
    );
  });
});
