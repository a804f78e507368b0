import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { CheckedModel, Engine } from '../../electron/engine/engine.ts';
import { defaultTuning } from '../../shared/model/engine-protocol.ts';
import { cutScript } from '../model/script-pieces.ts';
import { writeScriptedModel } from '../model/scripted-model.ts';
import { writeTinyModel } from '../model/tiny-model.ts';
import { ask, assistant, recitalText, user, type Answer } from '../suites/engine-asking.ts';
import { checkModel, openModelFolder, openRealEngine } from './real-models.ts';

const text = recitalText('word', 80);
const words = cutScript(text);
let folder: Awaited<ReturnType<typeof openModelFolder>>;
let engine: Engine;
const place = (name: string): string => path.join(folder.path, `${name}.gguf`);

beforeAll(async () => {
  folder = await openModelFolder();
  engine = openRealEngine({}, 'required');
  // Layers of zeros make the first one slower, so that guessing pays.
  await writeScriptedModel(place('reciter'), { text, layers: 4, feedForward: 2048 });
  await writeScriptedModel(place('same'), { text });
  await writeScriptedModel(place('mistaken'), { text, mistakenEvery: 6 });
  await writeTinyModel(place('noise'), { words, seed: 3 });
  await writeTinyModel(place('tiny'), { contextTokens: 512 });
  await writeTinyModel(place('tiny-other'), { contextTokens: 512, seed: 9 });
  await writeScriptedModel(place('other'), { text: recitalText('other', 80) });
  await writeScriptedModel(place('longer'), { text: recitalText('word', 300) });
});

afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

async function model(file: string, draft?: string, change: Partial<CheckedModel> = {}): Promise<CheckedModel> {
  const checked = await checkModel(`${file}-${draft ?? 'alone'}`, place(file));
  if (draft === undefined) return { ...checked, ...change };
  return { ...checked, tuning: { ...defaultTuning, speculation: 'draft', draftPath: place(draft) }, ...change };
}

const guessesSchema = z.object({ guesses: z.object({ proposed: z.number(), right: z.number() }) });

function guessesOf({ finish }: Answer): { proposed: number; right: number } {
  const parsed = guessesSchema.safeParse(finish?.providerMetadata?.['clawdbot']);
  return parsed.success ? parsed.data.guesses : { proposed: 0, right: 0 };
}

describe('a smaller model that guesses ahead', () => {
  test('is always right when it says the same, and the answer is the same to the last word', async () => {
    const plain = await ask(engine.languageModel(await model('reciter')), [user('Go on')]);
    const drafted = await ask(engine.languageModel(await model('reciter', 'same')), [user('Go on')]);
    expect(plain.text).toBe(text);
    expect(drafted.error).toBeUndefined();
    expect(drafted.text).toBe(text);
    expect(drafted.finish?.usage).toEqual(plain.finish?.usage);
    expect(guessesOf(plain)).toEqual({ proposed: 0, right: 0 });
    const { proposed, right } = guessesOf(drafted);
    expect(proposed).toBeGreaterThan(10);
    expect(right).toBe(proposed);
  });

  test('that is wrong now and then changes no word', async () => {
    const drafted = engine.languageModel(await model('reciter', 'mistaken'));
    const first = await ask(drafted, [user('Go on')]);
    expect(first.text).toBe(text);
    const { proposed, right } = guessesOf(first);
    expect(right).toBeGreaterThan(0);
    expect(right).toBeLessThan(proposed);
    const second = await ask(drafted, [user('Go on'), assistant(first.text), user('Again')]);
    expect(second.text).toBe(text);
    expect(second.finish?.usage.inputTokens.cacheRead).toBeGreaterThan(
      first.finish?.usage.inputTokens.total ?? Infinity,
    );
  });

  test('that knows nothing changes no word, and is soon asked no more', async () => {
    const drafted = engine.languageModel(await model('reciter', 'noise'));
    const first = await ask(drafted, [user('Go on')]);
    expect(first.error).toBeUndefined();
    expect(first.text).toBe(text);
    const second = await ask(drafted, [user('Go on'), assistant(first.text), user('Again')]);
    expect(second.text).toBe(text);
    for (const answer of [first, second]) {
      const { proposed, right } = guessesOf(answer);
      expect(right).toBe(0);
      expect(proposed).toBeLessThan(60);
    }
  });

  test.for([
    { temperature: 0 },
    { temperature: 1, seed: 7 },
    { temperature: 1.5, seed: 8, topK: 3 },
    { temperature: 0.7, seed: 9, frequencyPenalty: 0.5 },
  ])('leaves the choice of words alone with %j', async (sampling) => {
    const prompt = [user('a b a b a b a b c a b a b')];
    const options = { ...sampling, maxOutputTokens: 120 };
    const plain = await ask(engine.languageModel(await model('tiny')), prompt, options);
    for (const draft of ['tiny', 'tiny-other']) {
      const drafted = await ask(engine.languageModel(await model('tiny', draft)), prompt, options);
      expect(drafted.error).toBeUndefined();
      expect(drafted.text).toBe(plain.text);
      expect(drafted.finish?.usage.outputTokens).toEqual(plain.finish?.usage.outputTokens);
    }
  });

  test('keeps to limits, stops, grammars and log probabilities', async () => {
    const [alone, drafted] = [
      engine.languageModel(await model('reciter')),
      engine.languageModel(await model('reciter', 'same')),
    ];
    const prompt = [user('Go on')];
    for (const options of [
      { maxOutputTokens: 17 },
      { stopSequences: ['word0031'] },
      { providerOptions: { clawdbot: { logprobs: 2 } } },
      { providerOptions: { clawdbot: { grammar: 'root ::= "word0000 word0001 word0002"' } } },
    ]) {
      const [plain, guessed] = [await ask(alone, prompt, options), await ask(drafted, prompt, options)];
      expect(guessed.error).toBeUndefined();
      expect(guessed.text).toBe(plain.text);
      expect(guessed.finish?.finishReason).toEqual(plain.finish?.finishReason);
      expect(guessed.finish?.usage.outputTokens).toEqual(plain.finish?.usage.outputTokens);
    }
  });

  test('steps aside for answers side by side, which all come right', async () => {
    const drafted = engine.languageModel(await model('reciter', 'same'));
    const answers = await Promise.all(Array.from({ length: 5 }, (_, index) => ask(drafted, [user(`${index} go on`)])));
    for (const answer of answers) expect(answer.text).toBe(text);
  });

  test('is given up with the answer, in the middle of a guess', async () => {
    const drafted = engine.languageModel(await model('reciter', 'same'));
    const controller = new AbortController();
    const answer = await ask(drafted, [user('Go on')], {
      abortSignal: controller.signal,
      onPart: (_, said) => said.split(' ').length > 20 && controller.abort(),
    });
    expect(answer.error?.code).toBe('CANCELLED');
    expect(text.startsWith(answer.text)).toBe(true);
    expect((await ask(drafted, [user('Go on')])).text).toBe(text);
  });

  test('follows to the end of the context', async () => {
    const narrow = engine.languageModel(await model('reciter', 'same', { id: 'narrow', contextTokens: 256 }));
    const answer = await ask(narrow, [user(`${text} ${text}`)]);
    expect(answer.error).toBeUndefined();
    expect(answer.finish?.finishReason.unified).toBe('length');
    expect(text.startsWith(answer.text)).toBe(true);
  });
});

describe('one that does not fit', () => {
  test('because it has other words is refused by name before anything is loaded', async () => {
    await expect(engine.load(await model('reciter', 'other'))).rejects.toMatchObject({
      code: 'MODEL_UNSUPPORTED',
      data: { what: 'draftModelId', reason: 'Its vocabulary has other words.' },
    });
    await expect(engine.load(await model('reciter', 'longer'))).rejects.toMatchObject({
      code: 'MODEL_UNSUPPORTED',
      data: { what: 'draftModelId', reason: expect.stringMatching(/^Its vocabulary has \d+ words, not \d+\.$/) },
    });
  });

  test('because its file is gone is named', async () => {
    await writeScriptedModel(place('gone'), { text });
    const wanted = await model('reciter', 'gone', { id: 'reciter-gone' });
    await rm(place('gone'));
    await expect(engine.load(wanted)).rejects.toMatchObject({
      code: 'MODEL_UNREADABLE',
      message: expect.stringContaining(place('gone')),
    });
  });

  test("is refused where only node-llama-cpp's classes calculate", async () => {
    await using ordinary = openRealEngine({}, 'off');
    await expect(ordinary.load(await model('reciter', 'same'))).rejects.toMatchObject({
      code: 'MODEL_UNSUPPORTED',
      data: { what: 'speculation' },
    });
  });
});
