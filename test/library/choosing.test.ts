import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

import { isClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { writeBrokenModel } from '../model/broken-models.ts';
import { writePlaceholderModel } from '../model/placeholder-model.ts';
import { writeScriptedModel } from '../model/scripted-model.ts';
import { writeTinyModel } from '../model/tiny-model.ts';
import { find, openFolders, openModels, type Folders } from './models-under-test.ts';

const userAsks = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Hello' }] }];

async function foldersWithModels(): Promise<Folders & { named: string }> {
  const folders = await openFolders();
  await mkdir(folders.library, { recursive: true });
  await mkdir(folders.bundled);
  const named = path.join(folders.root, 'named.gguf');
  await writeTinyModel(named, { name: 'Named' });
  await writeTinyModel(path.join(folders.library, 'own.gguf'), { name: 'Own' });
  await writeTinyModel(path.join(folders.library, 'second.gguf'), { name: 'Second' });
  await writeTinyModel(path.join(folders.bundled, 'starter.gguf'), { name: 'Starter' });
  return { ...folders, named };
}

function failureOf(action: () => unknown): { code: string; message: string; data: unknown } {
  try {
    action();
  } catch (error) {
    if (isClawdbotError(error)) return { code: error.code, message: error.message, data: error.data };
    throw error;
  }
  throw new Error('It did not fail.');
}

describe('the default', () => {
  test('is what the settings name', async () => {
    const { models } = await openModels(await foldersWithModels(), { settings: { defaultModelId: 'second' } });
    expect(models.current().defaultModelId).toBe('second');
  });

  test('is a file named at the start, whatever the settings name, until the person chooses', async () => {
    const folders = await foldersWithModels();
    const { models, settings } = await openModels(folders, {
      modelFiles: [folders.named],
      settings: { defaultModelId: 'second' },
      scripts: { own: { reply: 'Hello.' } },
    });
    expect(find(models.current(), models.current().defaultModelId ?? '').name).toBe('Named');
    models.use('own');
    expect(models.current().defaultModelId).toBe('own');
    expect(settings.read().defaultModelId).toBe('own');
  });

  test('follows the settings when they change', async () => {
    const folders = await foldersWithModels();
    const { settings, until } = await openModels(folders, { modelFiles: [folders.named] });
    settings.update({ defaultModelId: 'second' });
    expect((await until((list) => list.defaultModelId === 'second')).defaultModelId).toBe('second');
  });

  test('is a model of the library before a shipped one, and a placeholder last', async () => {
    const folders = await openFolders();
    await mkdir(folders.library, { recursive: true });
    await mkdir(folders.bundled);
    await writePlaceholderModel(path.join(folders.library, 'a.gguf'));
    expect((await openModels(folders)).models.current().defaultModelId).toBe('a');
    await writeTinyModel(path.join(folders.bundled, 'starter.gguf'));
    expect((await openModels(folders)).models.current().defaultModelId).toBe('bundled:starter');
    await writeTinyModel(path.join(folders.library, 'z.gguf'));
    expect((await openModels(folders)).models.current().defaultModelId).toBe('z');
  });

  test('is no file that cannot be used, unless it was named at the start', async () => {
    const folders = await foldersWithModels();
    await writeBrokenModel(path.join(folders.library, 'broken.gguf'), 'truncated');
    const { models } = await openModels(folders, { settings: { defaultModelId: 'broken' } });
    expect(models.current().defaultModelId).toBe('own');

    await writeBrokenModel(folders.named, 'missing-head-count');
    const named = await openModels(folders, { modelFiles: [folders.named] });
    expect(failureOf(() => named.models.choose(null))).toMatchObject({
      code: 'MODEL_UNREADABLE',
      message: expect.stringMatching(
        /^named cannot be used: .*head_count.* Get the file again, or choose another model\.$/,
      ),
    });
  });

  test('is marked when it is a placeholder', async () => {
    const folders = await openFolders();
    await mkdir(folders.bundled);
    await writePlaceholderModel(path.join(folders.bundled, 'placeholder.gguf'));
    const { models } = await openModels(folders);
    expect(models.choose(null).info).toMatchObject({ name: 'Placeholder', placeholder: true, source: 'bundled' });
  });
});

describe('what cannot be chosen', () => {
  test('no model at all', async () => {
    const folders = await openFolders();
    const { models } = await openModels(folders);
    expect(failureOf(() => models.choose(null))).toEqual({
      code: 'NO_MODEL',
      message: `There is no model yet. Put a model in the GGUF format into ${folders.library}, or start Clawdbot with --model FILE.`,
      data: { searchedFolder: folders.library },
    });
  });

  test('no model that works: the reason of one of them is told', async () => {
    const folders = await openFolders();
    await mkdir(folders.library, { recursive: true });
    await writeBrokenModel(path.join(folders.library, 'a.gguf'), 'empty');
    const { models } = await openModels(folders);
    const { code, message } = failureOf(() => models.choose(null));
    expect(code).toBe('NO_MODEL');
    expect(message).toContain('a: The file is empty');
  });

  test('a model that is gone', async () => {
    const { models } = await openModels(await foldersWithModels());
    expect(failureOf(() => models.choose('vanished'))).toMatchObject({
      code: 'MODEL_NOT_FOUND',
      data: { modelId: 'vanished' },
    });
    expect(failureOf(() => models.use('vanished')).code).toBe('MODEL_NOT_FOUND');
  });

  test('a model that does not fit: refused with the numbers and the largest that does', async () => {
    const folders = await foldersWithModels();
    await writeScriptedModel(path.join(folders.library, 'wide.gguf'), {
      text: 'Hello there.',
      name: 'Wide',
      silentWords: 60_000,
    });
    const { models, engine, memory, until } = await openModels(folders, { availableBytes: 100e6 });
    expect(find(models.current(), 'wide').state).toMatchObject({ kind: 'doesNotFit' });
    const refusal = failureOf(() => models.choose('wide'));
    expect(refusal).toMatchObject({ code: 'OUT_OF_MEMORY', data: { modelName: 'Wide' } });
    expect(refusal.message).toMatch(
      /^Wide needs about 1\d\d MB of memory and 100 MB can be used\. Close other apps, or use (?:Own|Second|Starter), /,
    );
    expect(failureOf(() => models.use('wide')).code).toBe('OUT_OF_MEMORY');
    expect(engine.host).toBeUndefined();

    memory.availableBytes = 1e6;
    expect(failureOf(() => models.choose('wide')).message).toContain('get a smaller model');
    memory.availableBytes = 1e9;
    await until((list) => find(list, 'wide').state.kind === 'onDisk');
  });
});

describe('a chosen model', () => {
  test('is loaded by choosing it, and its states are announced', async () => {
    const { models, until } = await openModels(await foldersWithModels(), {
      scripts: { second: { reply: 'Hello.', loadMs: 50 } },
    });
    models.use('second');
    await until((list) => find(list, 'second').state.kind === 'loaded');
    expect(models.choose('second').contextTokens).toBe(2048);
    await models.unload('second');
    await until((list) => find(list, 'second').state.kind === 'onDisk');
  });

  test('answers, and its first word is timed once it is in memory', async () => {
    const { models, until } = await openModels(await foldersWithModels(), {
      scripts: { own: { reply: 'Hello there.' } },
    });
    const ask = async (): Promise<string> => {
      const { stream } = await models.choose('own').model.doStream({ prompt: userAsks });
      let answer = '';
      for await (const part of stream) if (part.type === 'text-delta') answer += part.delta;
      return answer;
    };
    expect(await ask()).toBe('Hello there.');
    expect(find(models.current(), 'own').expectedFirstWordMs).toBeNull();
    expect(await ask()).toBe('Hello there.');
    const list = await until((each) => find(each, 'own').expectedFirstWordMs !== null);
    expect(find(list, 'own').expectedFirstWordMs).toBeGreaterThan(0);
  });

  test('that the engine cannot load is shown as unusable until its file changes', { timeout: 30_000 }, async () => {
    const folders = await foldersWithModels();
    const { models, until } = await openModels(folders, {
      scripts: { own: { reply: '', failLoad: { code: 'MODEL_UNREADABLE', reason: 'The weights are garbled.' } } },
    });
    models.use('own');
    const list = await until((each) => find(each, 'own').state.kind === 'unusable');
    expect(find(list, 'own').state).toEqual({ kind: 'unusable', reason: 'The weights are garbled.' });
    expect(failureOf(() => models.choose('own')).message).toContain('The weights are garbled.');
    await writeTinyModel(path.join(folders.library, 'own.gguf'), { seed: 2, contextTokens: 4096 });
    await until((each) => find(each, 'own').state.kind === 'onDisk');
  });

  test('that the engine has no room for is shown as such until something leaves the memory', async () => {
    const noRoom = { code: 'OUT_OF_MEMORY', neededBytes: 5e9 } as const;
    const { models, until } = await openModels(await foldersWithModels(), {
      scripts: { own: { reply: '', failLoad: noRoom }, second: { reply: 'Hello.' } },
    });
    models.use('own');
    const list = await until((each) => find(each, 'own').state.kind === 'doesNotFit');
    expect(find(list, 'own').state).toMatchObject({ neededBytes: 5e9 });
    expect(failureOf(() => models.choose('own')).message).toContain('Own needs about 5.0 GB of memory');
    models.use('second');
    await until((each) => find(each, 'own').state.kind === 'onDisk');
  });
});

describe('a model that crashes the engine', () => {
  test('three times is set aside with the reason, until it is chosen again or its file changes', async () => {
    const folders = await foldersWithModels();
    const { models, engine, until } = await openModels(folders, {
      scripts: { own: { reply: 'One two three.', crashAfterTokens: 1 }, second: { reply: 'Hello.' } },
    });
    const crash = async (): Promise<void> => {
      const { stream } = await models.choose('own').model.doStream({ prompt: userAsks });
      for await (const part of stream) if (part.type === 'error') return;
      throw new Error('It did not crash.');
    };
    for (let times = 0; times < 3; times += 1) await crash();
    const setAside = { kind: 'quarantined', crashes: 3, reason: 'signal SIGSEGV' } as const;
    expect(find(models.current(), 'own').state).toEqual(setAside);
    expect(failureOf(() => models.choose('own'))).toEqual({
      code: 'MODEL_QUARANTINED',
      message:
        'Own crashed the engine 3 times (signal SIGSEGV) and is set aside. ' +
        'Use another model, delete its file, or choose it again to try once more.',
      data: { modelName: 'Own', crashes: 3, reason: 'signal SIGSEGV' },
    });
    expect(models.current().defaultModelId).toBe('own');
    models.choose('second');

    models.use('own');
    await until((list) => find(list, 'own').state.kind === 'loaded');
    await crash();
    expect(find(models.current(), 'own').state).toEqual(setAside);
    expect(engine.host).toBeUndefined();
    await writeTinyModel(path.join(folders.library, 'own.gguf'), { seed: 2, contextTokens: 4096 });
    await until((list) => find(list, 'own').state.kind === 'onDisk');
  });
});
