import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../electron/engine/engine.ts';
import { writeScriptedModel } from '../model/scripted-model.ts';
import { ask, assistant, recitalText, user } from '../suites/engine-asking.ts';
import { checkModel, openModelFolder, openRealEngine } from './real-models.ts';

// What the answers of one model do to each other when they share its memory.
let folder: Awaited<ReturnType<typeof openModelFolder>>;
let engine: Engine;

beforeAll(async () => {
  folder = await openModelFolder();
  engine = openRealEngine({}, 'required');
});

afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

async function reciter(id: string, text: string, contextTokens: number) {
  const file = path.join(folder.path, `${id}.gguf`);
  await writeScriptedModel(file, { text, contextTokens });
  return engine.languageModel(await checkModel(id, file));
}

test('answers that together need more than there is make way for each other, and all get their whole context', async () => {
  const text = recitalText('word', 800);
  const model = await reciter('crowded', text, 512);
  const answers = await Promise.all(Array.from({ length: 6 }, (_, index) => ask(model, [user(`Question ${index}`)])));
  for (const answer of answers) {
    expect(answer.error).toBeUndefined();
    expect(text.startsWith(answer.text)).toBe(true);
    const { inputTokens, outputTokens } = answer.finish?.usage ?? {};
    expect((inputTokens?.total ?? 0) + (outputTokens?.total ?? 0)).toBe(512);
  }
});

test('what conversations begin with is read once for all of them, and each goes on from its own end', async () => {
  const text = recitalText('word', 40);
  const model = await reciter('documents', text, 2048);
  const document = { role: 'system', content: 'a document that is long '.repeat(20) } as const;
  const first = await ask(model, [document, user('One question')]);
  const second = await ask(model, [document, user('Quite another question')]);
  const read = first.finish?.usage.inputTokens.total ?? 0;
  expect(second.text).toBe(text);
  expect(second.finish?.usage.inputTokens.cacheRead).toBeGreaterThan(read / 2);
  const next = await ask(model, [document, user('One question'), assistant(first.text), user('More')]);
  expect(next.text).toBe(text);
  expect(next.finish?.usage.inputTokens.cacheRead).toBeGreaterThan(read);
});
