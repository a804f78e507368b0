import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CheckedModel } from '../../electron/engine/engine.ts';
import { createFakeEngine, fakeModel } from '../fakes/fake-engine.ts';
import { writeScriptedModel } from '../model/scripted-model.ts';
import { ask, assistant, recitalText, user } from '../suites/engine-asking.ts';
import { checkModel, openModelFolder, openRealEngine } from './real-models.ts';

let folder: Awaited<ReturnType<typeof openModelFolder>>;
let model: CheckedModel;

beforeAll(async () => {
  folder = await openModelFolder();
  const file = path.join(folder.path, 'reciter.gguf');
  await writeScriptedModel(file, { text: recitalText('word', 20), contextTokens: 2048 });
  model = await checkModel('reciter', file);
});
afterAll(() => folder[Symbol.asyncDispose]());

test('what background work has read of a conversation is not read again for the next question', async () => {
  await using engine = openRealEngine({}, 'required');
  const reciter = engine.languageModel(model);
  const past = [user('a question that is long enough '.repeat(20)), assistant('An answer to it. '.repeat(20))];
  const ahead = await ask(reciter, past, {
    maxOutputTokens: 1,
    providerOptions: { clawdbot: { conversation: 'one', priority: 'background' } },
  });
  const readTokens = ahead.finish?.usage.inputTokens.total ?? 0;
  expect(readTokens).toBeGreaterThan(100);

  const next = await ask(reciter, [...past, user('And then?')], {
    providerOptions: { clawdbot: { conversation: 'one' } },
  });
  expect(next.finish?.usage.inputTokens.cacheRead).toBe(readTokens);
});

test('who waits for an answer is told to the engine, and nobody said is a person', async () => {
  await using engine = createFakeEngine({ scripts: { quick: { reply: 'One.' } } });
  const quick = engine.languageModel(fakeModel('quick'));
  await ask(quick, [user('Hi')], { providerOptions: { clawdbot: { priority: 'background' } } });
  await ask(quick, [user('Hi')]);
  const asked = engine.host?.requests.flatMap((request) => (request.type === 'generate' ? [request.priority] : []));
  expect(asked).toEqual(['background', undefined]);
});
