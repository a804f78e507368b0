import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CheckedModel, Engine } from '../../electron/engine/engine.ts';
import { defaultTuning } from '../../shared/model/engine-protocol.ts';
import { writeScriptedModel } from '../model/scripted-model.ts';
import { writeTinyModel } from '../model/tiny-model.ts';
import { ask, assistant, recitalText, user } from '../suites/engine-asking.ts';
import { checkModel, openModelFolder, openRealEngine } from './real-models.ts';

const text = recitalText('word', 60);
let folder: Awaited<ReturnType<typeof openModelFolder>>;
let engine: Engine;
const place = (name: string): string => path.join(folder.path, `${name}.gguf`);

beforeAll(async () => {
  folder = await openModelFolder();
  engine = openRealEngine({}, 'required');
  await writeScriptedModel(place('reciter'), { text });
  await writeTinyModel(place('tiny'), { contextTokens: 512 });
});

afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

async function model(file: string, speculation: 'off' | 'lookup'): Promise<CheckedModel> {
  const checked = await checkModel(`${file}-${speculation}`, place(file));
  return { ...checked, tuning: { ...defaultTuning, speculation } };
}

describe('guessing from the conversation', () => {
  test('a text that stands in the question is recited word for word, in the same number of tokens', async () => {
    const prompt = [user(`Repeat: ${text}`)];
    const plain = await ask(engine.languageModel(await model('reciter', 'off')), prompt);
    const guessed = await ask(engine.languageModel(await model('reciter', 'lookup')), prompt);
    expect(plain.text).toBe(text);
    expect(guessed.text).toBe(text);
    expect(guessed.finish?.usage.outputTokens).toEqual(plain.finish?.usage.outputTokens);
    expect(guessed.finish?.usage.inputTokens.total).toBe(plain.finish?.usage.inputTokens.total);
  });

  test('wrong guesses leave no trace: the text comes right, and the conversation goes on from its end', async () => {
    // The words stand there in another order, so that every guess is right for a while and then wrong.
    const words = text.split(' ');
    const shuffled = [30, 0, 45, 15].flatMap((start) => words.slice(start, start + 15)).join(' ');
    const guessing = engine.languageModel(await model('reciter', 'lookup'));
    const first = await ask(guessing, [user(shuffled)]);
    expect(first.text).toBe(text);
    const second = await ask(guessing, [user(shuffled), assistant(first.text), user('Again')]);
    expect(second.text).toBe(text);
    expect(second.finish?.usage.inputTokens.cacheRead).toBeGreaterThan(
      (first.finish?.usage.inputTokens.total ?? Infinity) + 10,
    );
  });

  test.for([
    { temperature: 0 },
    { temperature: 1, seed: 7 },
    { temperature: 1.5, seed: 8, topK: 3 },
    { temperature: 0.7, seed: 9, frequencyPenalty: 0.5 },
  ])('noise that repeats itself says the same with %j', async (sampling) => {
    const prompt = [user('a b a b a b a b c a b a b')];
    const plain = await ask(engine.languageModel(await model('tiny', 'off')), prompt, {
      ...sampling,
      maxOutputTokens: 80,
    });
    const guessed = await ask(engine.languageModel(await model('tiny', 'lookup')), prompt, {
      ...sampling,
      maxOutputTokens: 80,
    });
    expect(guessed.error).toBeUndefined();
    expect(guessed.text).toBe(plain.text);
    expect(guessed.finish?.usage.outputTokens).toEqual(plain.finish?.usage.outputTokens);
  });

  test('an answer ends where its limit or a stop is, though more was guessed', async () => {
    const guessing = engine.languageModel(await model('reciter', 'lookup'));
    const prompt = [user(`Repeat: ${text}`)];
    const limited = await ask(guessing, prompt, { maxOutputTokens: 7 });
    expect(limited.finish?.finishReason.unified).toBe('length');
    expect(limited.finish?.usage.outputTokens.total).toBe(7);
    const stopped = await ask(guessing, prompt, { stopSequences: ['word0031'] });
    expect(stopped.text).toBe(text.slice(0, text.indexOf('word0031')));
  });

  test('answers side by side and to the end of the context are as without', async () => {
    const guessing = engine.languageModel({ ...(await model('reciter', 'lookup')), id: 'narrow', contextTokens: 512 });
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, index) => ask(guessing, [user(`${index} ${text} ${text.slice(0, 200 + index)}`)])),
    );
    for (const answer of answers) {
      expect(answer.error).toBeUndefined();
      expect(text.startsWith(answer.text)).toBe(true);
      expect(answer.text.length).toBeGreaterThan(0);
    }
  });

  test("is refused by name where only node-llama-cpp's classes calculate", async () => {
    const ordinary = openRealEngine({}, 'off');
    try {
      await expect(ordinary.load(await model('reciter', 'lookup'))).rejects.toMatchObject({
        code: 'MODEL_UNSUPPORTED',
        data: { what: 'speculation' },
      });
    } finally {
      await ordinary[Symbol.asyncDispose]();
    }
  });
});
