import { copyFile, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

import { brokenModels, writeBrokenModel } from '../model/broken-models.ts';
import { writeScriptedModel } from '../model/scripted-model.ts';
import { writeTinyModel } from '../model/tiny-model.ts';
import { find, ids, openFolders, openModels } from './models-under-test.ts';

/** Longer than any copy of a tiny file takes to be noticed. */
const patience = 30_000;

describe('finding models', () => {
  test('makes the folder for models and says where it is', async () => {
    const folders = await openFolders();
    const { models } = await openModels(folders);
    expect(models.current()).toEqual({ models: [], defaultModelId: null, pinnedIds: [], folder: folders.library });
    await writeFile(path.join(folders.library, 'proof'), 'the folder is there');
  });

  test('finds files named at the start, in the library and its subfolders, and shipped ones', async () => {
    const folders = await openFolders();
    await mkdir(path.join(folders.library, 'qwen', 'too-deep'), { recursive: true });
    await mkdir(folders.bundled);
    const named = path.join(folders.root, 'elsewhere.gguf');
    await writeTinyModel(named, { name: 'Elsewhere' });
    await writeTinyModel(path.join(folders.library, 'own.gguf'), { name: 'Own' });
    await writeTinyModel(path.join(folders.library, 'qwen', 'below.GGUF'), { name: 'Below' });
    await writeTinyModel(path.join(folders.library, 'qwen', 'too-deep', 'far.gguf'));
    await writeTinyModel(path.join(folders.library, '._own.gguf'));
    await writeTinyModel(path.join(folders.bundled, 'starter.gguf'), { name: 'Starter' });

    const { models } = await openModels(folders, { modelFiles: [named] });
    const list = models.current();
    expect(list.models.map(({ name, source, state }) => [name, source, state.kind])).toEqual([
      ['Elsewhere', 'argument', 'onDisk'],
      ['Own', 'library', 'onDisk'],
      ['Below', 'library', 'onDisk'],
      ['Starter', 'bundled', 'onDisk'],
    ]);
    expect(find(list, 'own')).toMatchObject({
      path: path.join(folders.library, 'own.gguf'),
      architecture: 'llama',
      quantisation: 'F16',
      parameters: 22_944,
      trainedContextTokens: 2048,
      placeholder: false,
      expectedFirstWordMs: null,
    });
    expect(find(list, 'own').sizeBytes).toBeGreaterThan(40_000);
  });

  test('gives a file the same id at every start, whatever else there is', async () => {
    const folders = await openFolders();
    await mkdir(folders.library, { recursive: true });
    const named = path.join(folders.root, '模型 1.gguf');
    await writeTinyModel(named);
    await writeTinyModel(path.join(folders.library, 'own.gguf'));
    const first = ids((await openModels(folders, { modelFiles: [named] })).models.current());

    await writeTinyModel(path.join(folders.library, 'another.gguf'));
    const second = ids((await openModels(folders, { modelFiles: [named] })).models.current());
    expect(second).toEqual(expect.arrayContaining(first));
    expect(first[0]).toMatch(/^file:模型 1:[0-9a-f]{8}$/);
  });

  test('tells models of the same name apart', async () => {
    const folders = await openFolders();
    await mkdir(path.join(folders.library, 'old'), { recursive: true });
    await mkdir(folders.bundled);
    await writeTinyModel(path.join(folders.library, 'one.gguf'), { name: 'Same' });
    await writeTinyModel(path.join(folders.library, 'old', 'one.gguf'), { name: 'Same' });
    await writeTinyModel(path.join(folders.bundled, 'one.gguf'), { name: 'Same' });
    const { models } = await openModels(folders);
    const list = models.current();
    expect(ids(list)).toEqual(['one', 'old/one', 'bundled:one']);
    expect(new Set(list.models.map((model) => model.name)).size).toBe(3);
  });

  test('lists a file of the library once when it is also named at the start, or linked', async () => {
    const folders = await openFolders();
    await mkdir(folders.library, { recursive: true });
    const file = path.join(folders.library, 'own.gguf');
    await writeTinyModel(file);
    await writeTinyModel(path.join(folders.library, 'another.gguf'));
    const link = path.join(folders.root, 'link.gguf');
    await symlink(file, link);
    const { models } = await openModels(folders, { modelFiles: [link] });
    expect(ids(models.current())).toEqual(['own', 'another']);
    expect(models.current().defaultModelId).toBe('own');
  });

  test.for(Object.entries(brokenModels))('lists a file that is broken (%s) with the reason', async ([, write]) => {
    const folders = await openFolders();
    await mkdir(folders.library, { recursive: true });
    await write(path.join(folders.library, 'broken.gguf'));
    const { models } = await openModels(folders);
    const { state } = find(models.current(), 'broken');
    expect(state.kind === 'unusable' ? state.reason : state.kind).toMatch(/^(?:The file|It|Its) .*\.$/);
    expect(models.current().defaultModelId).toBeNull();
  });

  test('says of a folder or a missing file named at the start what is wrong', async () => {
    const folders = await openFolders();
    const { models } = await openModels(folders, { modelFiles: [folders.root, path.join(folders.root, 'gone.gguf')] });
    expect(models.current().models.map((model) => model.state)).toEqual([
      { kind: 'unusable', reason: 'It is not a file.' },
      { kind: 'unusable', reason: 'The file gone.gguf is not there.' },
    ]);
  });

  test('takes several files of one model for one', async () => {
    const folders = await openFolders();
    await mkdir(folders.library, { recursive: true });
    const tiny = path.join(folders.root, 'tiny.gguf');
    await writeTinyModel(tiny);
    await copyFile(tiny, path.join(folders.library, 'big-00001-of-00002.gguf'));
    await copyFile(tiny, path.join(folders.library, 'big-00002-of-00002.gguf'));
    await copyFile(tiny, path.join(folders.library, 'rest-00002-of-00002.gguf'));
    const { models } = await openModels(folders);
    expect(ids(models.current())).toEqual(['big-00001-of-00002', 'rest-00002-of-00002']);
    // The tiny model is whole, so a name that calls it a part is wrong.
    expect(find(models.current(), 'big-00001-of-00002').state).toMatchObject({
      reason: expect.stringContaining('it is a whole model'),
    });
  });
});

describe('changes of the folder', () => {
  test('shows a file that is put in, and no longer one that is taken out', { timeout: patience }, async () => {
    const folders = await openFolders();
    const { until } = await openModels(folders);
    await writeScriptedModel(path.join(folders.library, 'new.gguf'), { text: 'Hello there.' });
    const shown = await until((list) => list.models.some(({ state }) => state.kind === 'onDisk'));
    expect(shown.defaultModelId).toBe('new');
    await rm(path.join(folders.library, 'new.gguf'));
    expect((await until((list) => list.models.length === 0)).defaultModelId).toBeNull();
  });

  test('shows a file in a new subfolder', { timeout: patience }, async () => {
    const folders = await openFolders();
    const { until } = await openModels(folders);
    await mkdir(path.join(folders.library, 'sub'));
    await writeTinyModel(path.join(folders.library, 'sub', 'new.gguf'));
    expect(ids(await until((list) => list.models.some(({ state }) => state.kind === 'onDisk')))).toEqual(['sub/new']);
  });

  test('looks again into a file that was broken and is whole now', { timeout: patience }, async () => {
    const folders = await openFolders();
    await mkdir(folders.library, { recursive: true });
    const file = path.join(folders.library, 'one.gguf');
    await writeBrokenModel(file, 'truncated');
    const { models, until } = await openModels(folders);
    expect(find(models.current(), 'one').state.kind).toBe('unusable');
    const whole = path.join(folders.root, 'whole.gguf');
    await writeTinyModel(whole);
    await rename(whole, file);
    await until((list) => find(list, 'one').state.kind === 'onDisk');
  });

  test('makes the folder again when it vanishes, and goes on watching it', { timeout: patience }, async () => {
    const folders = await openFolders();
    await mkdir(folders.library, { recursive: true });
    await writeTinyModel(path.join(folders.library, 'first.gguf'));
    const { models, until } = await openModels(folders);
    expect(ids(models.current())).toEqual(['first']);
    await rm(folders.data, { recursive: true });
    await until((list) => list.models.length === 0);
    await mkdir(folders.library, { recursive: true });
    await models.rescan();
    await writeTinyModel(path.join(folders.library, 'second.gguf'));
    await until((list) => list.models.some(({ id, state }) => id === 'second' && state.kind === 'onDisk'));
  });
});
