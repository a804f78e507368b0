import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { CheckedModel, Engine } from '../../electron/engine/engine.ts';
import { openKeptStates } from '../../electron/engine/kept-states.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { writeScriptedModel } from '../model/scripted-model.ts';
import { writeTinyModel } from '../model/tiny-model.ts';
import { ask, assistant, recitalText, user, type Answer } from '../suites/engine-asking.ts';
import { checkModel, openModelFolder, openRealEngine } from './real-models.ts';

// Conversations go on where they were: beside others, after the model has left memory, and after a restart.
let folder: Awaited<ReturnType<typeof openModelFolder>>;
let directory: string;
let round = 0;
let model: CheckedModel;
const text = recitalText('word', 60);
const question = 'a question that is long enough to be worth it '.repeat(6);

beforeAll(async () => {
  folder = await openModelFolder();
  const file = path.join(folder.path, 'reciter.gguf');
  await writeScriptedModel(file, { text, contextTokens: 2048 });
  model = await checkModel('reciter', file);
});
beforeEach(() => {
  round += 1;
  directory = path.join(folder.path, `states-${round}`);
});
afterAll(() => folder[Symbol.asyncDispose]());

function openEngine(budgetBytes = 1e9): Engine {
  const keptStates = openKeptStates({
    directory,
    databaseKey: new Uint8Array(32).fill(1),
    budgetBytes: () => budgetBytes,
    totalMemoryBytes: () => 8e9,
    log: silentLog,
  });
  return openRealEngine({ keptStates }, 'required');
}

function turn(engine: Engine, conversation: string, ...said: string[]): Promise<Answer> {
  const prompt = said.map((words, index) => (index % 2 === 0 ? user(words) : assistant(words)));
  return ask(engine.languageModel(model), prompt, { providerOptions: { clawdbot: { conversation } } });
}

function cached({ error, finish }: Answer): number {
  expect(error).toBeUndefined();
  return finish?.usage.inputTokens.cacheRead ?? 0;
}

function total({ finish }: Answer): number {
  return finish?.usage.inputTokens.total ?? 0;
}

test('after a restart of the engine a conversation goes on without being read again, with the same words', async () => {
  const first = openEngine();
  const before = await turn(first, 'one', question);
  await first[Symbol.asyncDispose]();
  expect(readdirSync(directory)).toHaveLength(1);

  await using second = openEngine();
  const after = await turn(second, 'one', question, before.text, 'And then?');
  expect(after.text).toBe(text);
  expect(cached(after)).toBeGreaterThan(total(before));
});

test('what is put back is what had been calculated: the words are those of a model that read everything', async () => {
  const file = path.join(folder.path, 'tiny.gguf');
  await writeTinyModel(file);
  const tiny = await checkModel('tiny', file);
  const prompt = [user(question), assistant('An answer.'), user('And then?')];
  const options = { providerOptions: { clawdbot: { conversation: 'one' } }, maxOutputTokens: 24 };

  const first = openEngine();
  await ask(first.languageModel(tiny), prompt.slice(0, 1), options);
  await first[Symbol.asyncDispose]();
  await using restored = openEngine();
  await using fresh = openRealEngine({}, 'required');
  const after = await ask(restored.languageModel(tiny), prompt, options);
  expect(cached(after)).toBeGreaterThan(32);
  const wanted = await ask(fresh.languageModel(tiny), prompt, options);
  expect(cached(wanted)).toBe(0);
  expect(after.text).toBe(wanted.text);
});

test('the same after the model has left memory', async () => {
  await using engine = openEngine();
  const before = await turn(engine, 'one', question);
  await engine.unload(model.id);
  const after = await turn(engine, 'one', question, before.text, 'And then?');
  expect(after.text).toBe(text);
  expect(cached(after)).toBeGreaterThan(total(before));
});

test('conversations that take turns each go on from their own end', async () => {
  await using engine = openEngine();
  const names = Array.from({ length: 14 }, (_, index) => `${index}`);
  const firsts = new Map<string, Answer>();
  for (const name of names) firsts.set(name, await turn(engine, name, `${name} ${question}`));
  for (const name of names) {
    const before = firsts.get(name);
    const after = await turn(engine, name, `${name} ${question}`, before?.text ?? '', 'And then?');
    expect(after.text).toBe(text);
    expect(cached(after)).toBeGreaterThan(before ? total(before) : Infinity);
  }
});

test('a state that was damaged on disk costs time, never words', async () => {
  const first = openEngine();
  const before = await turn(first, 'one', question);
  await first[Symbol.asyncDispose]();
  for (const name of readdirSync(directory)) {
    const file = path.join(directory, name);
    const bytes = readFileSync(file);
    bytes.fill(0xff, bytes.length >> 1);
    writeFileSync(file, bytes);
  }
  await using second = openEngine();
  const after = await turn(second, 'one', question, before.text, 'And then?');
  expect(after.text).toBe(text);
  expect(cached(after)).toBe(0);
});

test('a deleted conversation leaves nothing behind, in memory or on disk', async () => {
  const engine = openEngine();
  const before = await turn(engine, 'one', question);
  engine.forget('one');
  const after = await turn(engine, 'two', question, before.text, 'And then?');
  expect(cached(after)).toBeLessThan(total(before) / 2);
  engine.forget('two');
  await engine[Symbol.asyncDispose]();
  expect(readdirSync(directory)).toEqual([]);
});

test('with a budget of nothing, nothing is kept', async () => {
  const engine = openEngine(0);
  const before = await turn(engine, 'one', question);
  expect(before.text).toBe(text);
  await engine[Symbol.asyncDispose]();
  await using second = openEngine(0);
  expect(cached(await turn(second, 'one', question, before.text, 'And then?'))).toBe(0);
});
