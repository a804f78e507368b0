import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';

import { writeTinyModel } from '../model/tiny-model.ts';
import { find, openFolders, openModels, type ModelsUnderTestOptions } from './models-under-test.ts';

const scripts = {
  one: { reply: 'Hello.' },
  two: { reply: 'Hello.' },
  // Reads for longer than any test takes.
  slow: { reply: 'Hello.', loadMs: 600_000 },
};

async function modelsWith(options: ModelsUnderTestOptions = {}) {
  const folders = await openFolders();
  await mkdir(folders.library, { recursive: true });
  for (const name of Object.keys(scripts)) await writeTinyModel(path.join(folders.library, `${name}.gguf`), { name });
  return openModels(folders, { scripts, settings: { defaultModelId: 'one' }, ...options });
}

test('the default model is loaded ahead, so that the first question does not wait', async () => {
  const { models } = await modelsWith();
  await models.preload(null);
  expect(find(models.current(), 'one').state).toEqual({ kind: 'loaded' });
});

test('what does not fit beside others is not loaded ahead, and is no failure of the model', async () => {
  const { models, memory } = await modelsWith();
  await models.preload('one');
  memory.availableBytes = 0;
  await models.preload('two');
  expect(find(models.current(), 'one').state.kind).toBe('loaded');
  memory.availableBytes = 8e9;
  expect(find(models.current(), 'two').state.kind).toBe('onDisk');
});

test('a load ahead that is not wanted any more is cancelled before it reads, and goes on once it does', async () => {
  const { models, engine, until } = await modelsWith();
  const early = new AbortController();
  const cancelled = models.preload('slow', early.signal);
  await until((list) => find(list, 'slow').state.kind === 'loading');
  early.abort();
  await cancelled;
  expect(find(models.current(), 'slow').state.kind).toBe('onDisk');

  const late = new AbortController();
  const kept = models.preload('one', late.signal);
  const end = engine.onChange(() => {
    const state = engine.residents.get('one');
    if (state?.kind === 'loading' && state.fraction > 0) late.abort();
  });
  await kept;
  end();
  expect(late.signal.aborted).toBe(true);
  expect(find(models.current(), 'one').state.kind).toBe('loaded');
});

test('a model that is pinned is so in the list and the settings, and stays when others leave', async () => {
  const { models, settings, engine, until } = await modelsWith();
  for (const id of ['one', 'two']) await models.preload(id);
  models.pin('two', true);
  expect(settings.read().pinnedModelIds).toEqual(['two']);
  await until((list) => list.pinnedIds.includes('two'));
  engine.adjust({
    effort: { parallel: 1, batchTokens: 128, threadShare: 1, backgroundPaused: true },
    pressure: 'critical',
  });
  await until((list) => find(list, 'one').state.kind === 'onDisk');
  expect(find(models.current(), 'two').state.kind).toBe('loaded');
  models.pin('two', false);
  await until((list) => find(list, 'two').state.kind === 'onDisk');
  expect(models.current().pinnedIds).toEqual([]);
});
