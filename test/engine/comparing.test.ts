import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CheckedModel, Engine } from '../../electron/engine/engine.ts';
import { defaultTuning } from '../../shared/model/engine-protocol.ts';
import { bool, u32 } from '../model/gguf-values.ts';
import { writeGguf } from '../model/gguf-writer.ts';
import { writeScriptedModel } from '../model/scripted-model.ts';
import { slowShape } from '../model/slow-shape.ts';
import { tinyAs, tinyFamilies, withMetadata } from '../model/tiny-families.ts';
import { meanOf, tinyEncoder, type TinyEncoder } from '../model/tiny-encoder.ts';
import { ask, recitalText, user } from '../suites/engine-asking.ts';
import { checkModel, openModelFolder, openRealEngine } from './real-models.ts';

const words = ['cats', 'purr', 'dogs', 'bark', 'rain', 'falls'];
const means = tinyEncoder({ words, pooling: 'mean' });
const firsts = tinyEncoder({ words, pooling: 'cls' });
const ranks = tinyEncoder({ words, pooling: 'rank' });
const unit = (vector: Float32Array): Float32Array => {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
};
const marked = (text: string): string[] => ['[CLS]', ...text.split(' '), '[SEP]'];

let folder: Awaited<ReturnType<typeof openModelFolder>>;
const place = (name: string): string => path.join(folder.path, `${name}.gguf`);
const model = (id: string): Promise<CheckedModel> => checkModel(id, place(id));

beforeAll(async () => {
  folder = await openModelFolder();
  const encoders: Record<string, TinyEncoder> = { means, firsts, ranks };
  for (const [name, { file }] of Object.entries(encoders)) await writeGguf(place(name), file);
  const qwen = tinyFamilies['qwen3'] ?? tinyAs('qwen3');
  await writeGguf(place('last'), withMetadata(qwen, { 'qwen3.pooling_type': u32(3) }));
  await writeScriptedModel(place('reciter'), { text: recitalText('word', 60), ...slowShape });
});

afterAll(async () => {
  await folder[Symbol.asyncDispose]();
});

function expectClose(actual: Float32Array | undefined, wanted: Float32Array): void {
  expect(actual).toHaveLength(wanted.length);
  for (const [at, value] of wanted.entries()) expect(actual?.[at]).toBeCloseTo(value, 3);
}

describe("texts that are compared by llama.cpp's own functions", () => {
  let engine: Engine;
  beforeAll(() => {
    engine = openRealEngine({}, 'required');
  });
  afterAll(async () => {
    await engine[Symbol.asyncDispose]();
  });

  test('become the mean of their words, or the state of their first token, as the model says', async () => {
    const texts = ['cats purr', 'Dogs bark', 'unheard', 'rain falls cats purr'];
    const tokens = texts.map((text) => marked(text.toLowerCase()));
    const { vectors, cut } = await engine.embed(await model('means'), texts);
    expect(cut).toEqual([]);
    for (const [index, text] of tokens.entries()) expectClose(vectors[index], unit(meanOf(means.statesOf(text))));
    const other = await engine.embed(await model('firsts'), texts);
    for (const [index, text] of tokens.entries()) {
      expectClose(other.vectors[index], unit(firsts.statesOf(text)[0] ?? new Float32Array()));
    }
    expect(other.tokens).toBe(tokens.flat().length);
  });

  test.for(['means', 'last'])('get the same vectors alone and among many others (%s)', async (id) => {
    const texts = Array.from({ length: 300 }, (_, index) =>
      Array.from({ length: 1 + ((index * 7) % 40) }, (_word, at) => words[(index * at + at) % words.length]).join(' '),
    );
    const together = await engine.embed(await model(id), texts);
    expect(together.vectors).toHaveLength(300);
    for (const index of [0, 1, 63, 64, 150, 299]) {
      const alone = await engine.embed(await model(id), [texts[index] ?? '']);
      expectClose(together.vectors[index], alone.vectors[0] ?? new Float32Array());
      expect(Math.hypot(...(alone.vectors[0] ?? []))).toBeCloseTo(1, 4);
    }
  });

  test('are cut where the model ends, and say so', async () => {
    const long = Array.from({ length: 400 }, () => 'rain').join(' ');
    const { vectors, cut, tokens } = await engine.embed(await model('means'), ['cats', long, '']);
    expect(cut).toEqual([1]);
    expect(tokens).toBe(3 + 128 + 2);
    const read = ['[CLS]', ...Array.from({ length: 126 }, () => 'rain'), '[SEP]'];
    expectClose(vectors[1], unit(meanOf(means.statesOf(read))));
    expectClose(vectors[2], unit(meanOf(means.statesOf(['[CLS]', '[SEP]']))));
  });

  test('are ranked by the head of a ranking model, question and text parted by its marks', async () => {
    const documents = ['dogs bark', 'cats purr', 'rain'];
    const { scores } = await engine.rerank(await model('ranks'), 'cats', documents);
    for (const [index, document] of documents.entries()) {
      const states = ranks.statesOf(['[CLS]', 'cats', '[SEP]', ...document.split(' '), '[SEP]']);
      const score = (states[0] ?? new Float32Array()).reduce((sum, value, at) => sum + value * (at + 1), 0);
      expect(scores[index]).toBeCloseTo(score, 1);
    }
    expect(new Set(scores.map((score) => score.toFixed(2))).size).toBe(3);
    const { ranking } = await engine.rerankingModel(await model('ranks')).doRerank({
      query: 'cats',
      documents: { type: 'text', values: documents },
      topN: 2,
    });
    expect(ranking.map(({ relevanceScore }) => relevanceScore)).toEqual(scores.toSorted((a, b) => b - a).slice(0, 2));
    const long = await engine.rerank(await model('ranks'), 'cats', [
      Array.from({ length: 300 }, () => 'dogs').join(' '),
    ]);
    expect(long.cut).toEqual([0]);
    expect(long.tokens).toBe(128);
  });

  test('are handed over as the AI SDK wants them', async () => {
    const { embeddings, usage, warnings } = await engine.embeddingModel(await model('means')).doEmbed({
      values: ['cats purr'],
      dimensions: 8,
    });
    const { vectors } = await engine.embed(await model('means'), ['cats purr']);
    expect(embeddings).toEqual(vectors.map((vector) => [...vector]));
    expect(usage?.tokens).toBe(4);
    expect(warnings).toEqual([{ type: 'unsupported', feature: 'dimensions' }]);
  });

  test('can be given up, and the next ones are read', async () => {
    const texts = Array.from({ length: 20_000 }, (_, index) => `cats ${index}`);
    const controller = new AbortController();
    const given = engine.embed(await model('means'), texts, { signal: controller.signal });
    controller.abort();
    await expect(given).rejects.toMatchObject({ code: 'CANCELLED' });
    expect((await engine.embed(await model('means'), ['cats'])).vectors).toHaveLength(1);
  });

  test('do not keep an answer from being written', async () => {
    const reciter = engine.languageModel(await model('reciter'));
    const texts = Array.from({ length: 3000 }, () => 'cats purr dogs bark');
    const controller = new AbortController();
    const embedding = engine.embed(await model('means'), texts, { signal: controller.signal });
    const answer = await ask(reciter, [user('Hello')]);
    expect(answer.text).toBe(recitalText('word', 60));
    controller.abort();
    await embedding.catch((error: unknown) => expect(error).toMatchObject({ code: 'CANCELLED' }));
  });

  test('are refused by name by models that were made for something else', async () => {
    const unsupported = (what: string) => ({ code: 'MODEL_UNSUPPORTED', data: { what } });
    const [embedding, ranking, writing] = [await model('means'), await model('ranks'), await model('reciter')];
    await expect(engine.embed(writing, ['cats'])).rejects.toMatchObject(unsupported('embeddings'));
    await expect(engine.rerank(writing, 'cats', ['dogs'])).rejects.toMatchObject(unsupported('reranking'));
    await expect(engine.embed(ranking, ['cats'])).rejects.toMatchObject(unsupported('embeddings'));
    await expect(engine.rerank(embedding, 'cats', ['dogs'])).rejects.toMatchObject(unsupported('reranking'));
    const answer = await ask(engine.languageModel(embedding), [user('Hello')]);
    expect(answer.error).toMatchObject(unsupported('answers'));
    const tuned = { ...embedding, id: 'tuned', tuning: { ...defaultTuning, kvType: 'q8_0' } } as const;
    await expect(engine.embed(tuned, ['cats'])).rejects.toMatchObject(unsupported('kvType'));
  });

  test(
    "become the same vectors by node-llama-cpp's classes, where only they calculate",
    { timeout: 240_000 },
    async () => {
      await using direct = openRealEngine({}, 'required');
      await using ordinary = openRealEngine({}, 'off');
      const texts = [
        'cats purr',
        'dogs bark',
        'rain falls cats purr',
        Array.from({ length: 700 }, () => 'cats').join(' '),
      ];
      for (const id of ['means', 'firsts']) {
        const [wanted, found] = [
          await direct.embed(await model(id), texts),
          await ordinary.embed(await model(id), texts),
        ];
        expect(found.cut).toEqual(wanted.cut);
        for (const index of [0, 1, 2]) expectClose(found.vectors[index], wanted.vectors[index] ?? new Float32Array());
        expect(Math.hypot(...(found.vectors[3] ?? []))).toBeCloseTo(1, 4);
      }
    },
  );

  test("are not ranked by node-llama-cpp's classes, and models that compare write nothing; both is said by name", async () => {
    await using ordinary = openRealEngine({}, 'off');
    await expect(ordinary.rerank(await model('ranks'), 'cats', ['purr'])).rejects.toMatchObject({
      code: 'MODEL_UNSUPPORTED',
      data: { what: 'reranking' },
    });
    await expect(ordinary.rerank(await model('means'), 'cats', ['purr'])).rejects.toMatchObject({
      data: { what: 'reranking' },
    });
    const answer = await ask(ordinary.languageModel(await model('means')), [user('Hello')]);
    expect(answer.error).toMatchObject({ code: 'MODEL_UNSUPPORTED', data: { what: 'answers' } });
  });

  test('of a ranking model without a head are no use, and the file says so', async () => {
    const headless = { ...ranks.file, tensors: ranks.file.tensors.filter(({ name }) => !name.startsWith('cls.')) };
    await writeGguf(place('headless'), headless);
    await expect(model('headless')).rejects.toThrow('without the part that ranks');
    await writeGguf(place('leaning'), withMetadata(means.file, { 'bert.attention.key_length': u32(32) }));
    await expect(model('leaning')).rejects.toThrow(/key_length/);
    await writeGguf(place('wide'), withMetadata(means.file, { 'bert.embedding_length_out': u32(65_536) }));
    await expect(model('wide')).rejects.toThrow(/embedding_length_out/);
    const tensors = means.file.tensors.map((each) =>
      each.name === 'token_types.weight' ? { name: each.name, shape: each.shape, type: 'F16' } : each,
    );
    await writeGguf(place('halved'), { ...means.file, tensors });
    await expect(model('halved')).rejects.toThrow('must be F32');
    await writeGguf(place('unknown'), withMetadata(means.file, { 'tokenizer.ggml.unknown_token_id': u32(5000) }));
    await expect(model('unknown')).rejects.toThrow('lacks its "unknown" token');
    await writeGguf(place('ahead'), withMetadata(tinyAs('llama'), { 'llama.attention.causal': bool(false) }));
    await expect(model('ahead')).rejects.toThrow('left to right');
  });
});
