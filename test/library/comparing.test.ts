import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

import { writeGguf } from '../model/gguf-writer.ts';
import { tinyEncoder } from '../model/tiny-encoder.ts';
import { writeTinyModel } from '../model/tiny-model.ts';
import { find, openFolders, openModels } from './models-under-test.ts';

const words = ['cats', 'purr'];

describe('models that compare texts', () => {
  test('are found by what they are for, and never answer', async () => {
    const folders = await openFolders();
    await mkdir(folders.library, { recursive: true });
    const place = (name: string): string => path.join(folders.library, `${name}.gguf`);
    await writeGguf(place('b-means'), tinyEncoder({ words, pooling: 'mean' }).file);
    await writeGguf(place('a-ranks'), tinyEncoder({ words, pooling: 'rank' }).file);
    await writeTinyModel(place('tiny'));
    const { models } = await openModels(folders, { scripts: {} });
    expect(models.comparing('embedding')).toMatchObject({
      checked: { id: 'b-means', contextTokens: 128, path: place('b-means') },
      architecture: 'bert',
    });
    expect(models.comparing('reranking')?.checked.id).toBe('a-ranks');
    expect(models.current().defaultModelId).toBe('tiny');
    expect(find(models.current(), 'b-means')).toMatchObject({ purpose: 'embedding', state: { kind: 'unusable' } });
    expect(find(models.current(), 'tiny').purpose).toBeUndefined();
  });

  test('stay the same one until its file is gone', async () => {
    const folders = await openFolders();
    await mkdir(folders.library, { recursive: true });
    const place = (name: string): string => path.join(folders.library, `${name}.gguf`);
    const { file } = tinyEncoder({ words, pooling: 'mean' });
    for (const name of ['second', 'first']) await writeGguf(place(name), file);
    const { models } = await openModels(folders, { scripts: {} });
    const key = models.comparing('embedding')?.key;
    expect(models.comparing('embedding')?.checked.id).toBe('first');
    await models.rescan();
    expect(models.comparing('embedding')?.key).toBe(key);
    await rm(place('first'));
    await models.rescan();
    expect(models.comparing('embedding')?.checked.id).toBe('second');
    await rm(place('second'));
    await models.rescan();
    expect(models.comparing('embedding')).toBeUndefined();
  });
});
