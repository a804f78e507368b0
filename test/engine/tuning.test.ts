import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CheckedModel, Engine } from '../../electron/engine/engine.ts';
import { defaultTuning, type EngineTuning } from '../../shared/model/engine-protocol.ts';
import { estimateMemoryNeed } from '../../shared/model/memory-need.ts';
import { kvShare, type KvType } from '../../shared/model/model-options.ts';
import { writeGguf } from '../model/gguf-writer.ts';
import { writeScriptedModel } from '../model/scripted-model.ts';
import { skippingAdapter, writeSkippingAdapter } from '../model/skipping-adapter.ts';
import { tinyModel, writeTinyModel } from '../model/tiny-model.ts';
import { ask, recitalText, user } from '../suites/engine-asking.ts';
import { checkModel, openModelFolder, openRealEngine } from './real-models.ts';

const mebibyte = 1024 * 1024;
const text = recitalText('word', 20);
let folder: Awaited<ReturnType<typeof openModelFolder>>;
const place = (name: string): string => path.join(folder.path, `${name}.gguf`);

beforeAll(async () => {
  folder = await openModelFolder();
  await writeScriptedModel(place('reciter'), { text });
  await writeSkippingAdapter(place('skip'), { script: { text }, after: 3, next: 16 });
  await writeSkippingAdapter(place('skip-later'), { script: { text }, after: 17, next: 19 });
});

afterAll(async () => {
  await folder[Symbol.asyncDispose]();
});

async function tuned(id: string, tuning: Partial<EngineTuning>, file = 'reciter'): Promise<CheckedModel> {
  return { ...(await checkModel(id, place(file))), tuning: { ...defaultTuning, ...tuning } };
}

describe.each([
  ["by llama.cpp's own functions", 'required'],
  ['through node-llama-cpp', 'off'],
] as const)('options of a model that is calculated %s', (_way, native) => {
  let engine: Engine;
  beforeAll(() => {
    engine = openRealEngine({}, native);
  });
  afterAll(async () => {
    await engine[Symbol.asyncDispose]();
  });
  const recite = async (model: CheckedModel): Promise<string> => {
    const answer = await ask(engine.languageModel(model), [user('Hello')]);
    expect(answer.error).toBeUndefined();
    return answer.text;
  };

  test('an adapter changes the words, as far as its scale says', async () => {
    const words = text.split(/(?= )/);
    expect(words.length).toBeGreaterThan(16);
    const skipping = await recite(await tuned('whole', { adapters: [{ path: place('skip'), scale: 1 }] }));
    expect(skipping).not.toBe(text);
    expect(text.startsWith(skipping.slice(0, 8))).toBe(true);
    expect(skipping.length).toBeLessThan(text.length);
    expect(text.endsWith(skipping.slice(-20))).toBe(true);
    expect(await recite(await tuned('none', { adapters: [{ path: place('skip'), scale: 0 }] }))).toBe(text);
    const both = [
      { path: place('skip'), scale: 1 },
      { path: place('skip-later'), scale: 1 },
    ];
    expect((await recite(await tuned('both', { adapters: both }))).length).toBeLessThan(skipping.length);
  });

  test.for([
    { mapping: 'off' },
    { mapping: 'on' },
    { flashAttention: 'on' },
    { flashAttention: 'off' },
    { gpuLayers: 0 },
  ] as const)('the words stay the same with %j', async (tuning) => {
    expect(await recite(await tuned(JSON.stringify(tuning), tuning))).toBe(text);
  });

  test('an adapter for another model, or none at all, is refused with its reason before llama.cpp sees it', async () => {
    const wide = skippingAdapter({ script: { text, width: 1024 }, after: 0, next: 5 });
    await writeGguf(place('wide'), wide);
    const cases = { wide: 'another model', reciter: 'no LoRA adapter', absent: 'not there' };
    for (const [file, reason] of Object.entries(cases)) {
      const model = await tuned(`with-${file}`, { adapters: [{ path: place(file), scale: 1 }] });
      await expect(engine.load(model)).rejects.toMatchObject({
        code: 'MODEL_UNREADABLE',
        data: { reason: expect.stringContaining(reason) },
      });
    }
    expect(engine.state.kind).toBe('ready');
  });

  test('a context of just the wanted size is made', async () => {
    await engine.load({ ...(await tuned('sized', {})), contextTokens: 1280 });
    expect(engine.residents.get('sized')).toEqual({ kind: 'loaded', contextTokens: 1280 });
  });
});

describe('quantised keys and values', () => {
  /** Bytes of a process that holds a context of mostly keys and values. */
  async function residentBytes(kvType: KvType): Promise<{ total: number; kv: number }> {
    const engine = openRealEngine({}, 'required');
    try {
      const plain = await tuned(`deep-${kvType}`, { kvType, flashAttention: 'on' }, 'deep');
      const model = { ...plain, kvBytesPerToken: plain.kvBytesPerToken * kvShare(kvType), contextTokens: 8192 };
      // The first report of memory follows the load.
      const reported = new Promise<number>((resolve) => {
        engine.onChange(() => {
          if (engine.memoryBytes !== null) resolve(engine.memoryBytes);
        });
      });
      await engine.load(model);
      const total = await reported;
      const answer = await ask(engine.languageModel(model), [user('Hello')]);
      expect(answer.text).toBe(text);
      // As many answers side by side as there are where memory is plenty.
      return { total, kv: estimateMemoryNeed({ ...model, sequences: 8 }).kvBytes };
    } finally {
      await engine[Symbol.asyncDispose]();
    }
  }

  test('take as much less memory as the estimate says, and the words stay the same', async () => {
    await writeScriptedModel(place('deep'), { text, layers: 24 });
    const f16 = await residentBytes('f16');
    expect(f16.kv).toBeGreaterThan(80 * mebibyte);
    for (const kvType of ['q8_0', 'q4_0'] as const) {
      const { total, kv } = await residentBytes(kvType);
      expect(f16.total - total).toBeGreaterThan((f16.kv - kv) * 0.75);
      expect(f16.total - total).toBeLessThan((f16.kv - kv) * 1.25);
    }
  });

  test('are refused by name where they cannot be: heads of another size, no flash attention, the other way', async () => {
    await writeTinyModel(place('tiny'));
    expect(tinyModel().tensors.length).toBeGreaterThan(0);
    const engine = openRealEngine({}, 'required');
    const ordinary = openRealEngine({}, 'off');
    try {
      const refusal = { code: 'MODEL_UNSUPPORTED', data: { what: 'kvType' } };
      await expect(engine.load(await tuned('narrow', { kvType: 'q8_0' }, 'tiny'))).rejects.toMatchObject(refusal);
      await expect(engine.load(await tuned('q4', { kvType: 'q4_0', flashAttention: 'off' }))).rejects.toMatchObject(
        refusal,
      );
      await expect(ordinary.load(await tuned('q8', { kvType: 'q8_0' }))).rejects.toMatchObject(refusal);
      await engine.load(await tuned('good', { kvType: 'q8_0' }));
    } finally {
      await engine[Symbol.asyncDispose]();
      await ordinary[Symbol.asyncDispose]();
    }
  });
});
