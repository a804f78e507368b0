import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { inspectGguf } from '../../shared/model/gguf/inspect.ts';
import { bytesSource } from '../shared/gguf/bytes-source.ts';
import { brokenModels } from './broken-models.ts';
import { LlamaProbe, type ProbeResult } from './llama-probe.ts';
import { shapes, writeShapeModel } from './shape-model.ts';
import { writeScriptedModel } from './scripted-model.ts';
import { writeTinyModel } from './tiny-model.ts';

const patience = { timeout: 240_000 };
let folder: string;
let probe: LlamaProbe;
const place = (name: string): string => path.join(folder, `${name}.gguf`);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'clawdbot-generated-'));
  probe = new LlamaProbe();
});

afterAll(async () => {
  await probe[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

describe('generated models', () => {
  test('the tiny one is small, the same each time, and loads', patience, async () => {
    const { sizeBytes } = await writeTinyModel(place('tiny'));
    expect(sizeBytes).toBeLessThan(64_000);
    await writeTinyModel(place('again'));
    await writeTinyModel(place('other'), { seed: 2 });
    const bytes = await readFile(place('tiny'));
    expect(bytes).toHaveLength(sizeBytes);
    expect(bytes.equals(await readFile(place('again')))).toBe(true);
    expect(bytes.equals(await readFile(place('other')))).toBe(false);
    expect(await probe.try(place('tiny'))).toEqual({ kind: 'loaded' });
  });

  test('a scripted one is the same each time', async () => {
    await writeScriptedModel(place('one'), { text: 'Hello there.' });
    await writeScriptedModel(place('two'), { text: 'Hello there.' });
    expect((await readFile(place('one'))).equals(await readFile(place('two')))).toBe(true);
  });

  test.for([{ width: 128 }, { width: 600 }, { feedForward: 33 }, { layers: 0 }])(
    'a scripted one of an impossible shape (%j) is refused',
    async (shape) => {
      await expect(writeScriptedModel(place('impossible'), { text: 'Hello.', ...shape })).rejects.toThrow(/must be/);
    },
  );

  test.for(['Q4_0', 'Q8_0'] as const)('one of a benchmark shape in %s loads', patience, async (type) => {
    const shape = { ...shapes['shape-0.5b'], layers: 2 };
    await writeShapeModel(place('shape'), shape, { type, vocabularySize: 2000 });
    const summary = await inspectGguf(bytesSource(await readFile(place('shape'))));
    expect(summary).toMatchObject({ architecture: 'qwen2', quantisation: type, embeddingLength: 896, headCountKv: 2 });
    expect(await probe.try(place('shape'))).toEqual({ kind: 'loaded' });
  });

  test('the benchmark shapes have the sizes of their names', () => {
    const weights = Object.values(shapes).map((shape) => {
      const kv = (shape.width / shape.heads) * shape.headsKv;
      const layer = 2 * shape.width * (shape.width + kv) + 3 * shape.width * shape.feedForward;
      return (shape.layers * layer + 151_936 * shape.width) / 1e9;
    });
    expect(weights[0]).toBeCloseTo(0.49, 2);
    expect(weights[1]).toBeCloseTo(1.54, 2);
  });
});

describe('broken models, given to llama.cpp without the reader before it,', () => {
  const kinds: Partial<Record<keyof typeof brokenModels, ProbeResult['kind']>> = {
    'missing-feed-forward': 'aborted',
    'missing-head-count': 'aborted',
    truncated: 'refused',
    'truncated-header': 'refused',
    'wrong-sizes': 'refused',
    'text-in-number': 'refused',
    'not-gguf': 'refused',
    empty: 'refused',
  };
  test.for(Object.entries(kinds))('%s: %s', patience, async ([name, kind]) => {
    const write = Object.entries(brokenModels).find(([each]) => each === name)?.[1];
    await write?.(place(name));
    expect((await probe.try(place(name))).kind).toBe(kind);
  });
});
