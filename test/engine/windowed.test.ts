import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CheckedModel, Engine } from '../../electron/engine/engine.ts';
import { forkEngineHost } from '../../electron/engine/fork-engine-host.ts';
import { estimateMemoryNeed } from '../../shared/model/memory-need.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { writeGguf } from '../model/gguf-writer.ts';
import { tinyFamilies } from '../model/tiny-families.ts';
import { ask, assistant, user, type Prompt } from '../suites/engine-asking.ts';
import { checkModel, hostModulePath, openModelFolder, openRealEngine } from './real-models.ts';

let folder: Awaited<ReturnType<typeof openModelFolder>>;
let model: CheckedModel;
let whole: Engine;
let windowed: Engine;
const loads: boolean[] = [];

beforeAll(async () => {
  folder = await openModelFolder();
  const { gemma3 } = tinyFamilies;
  if (!gemma3) throw new Error('There is no such family.');
  const file = path.join(folder.path, 'gemma3.gguf');
  await writeGguf(file, gemma3);
  model = await checkModel('gemma3', file);
  whole = openRealEngine({}, 'required');
  const size = { ...model, contextTokens: 2048, sequences: 2 };
  const availableBytes = estimateMemoryNeed({ ...size, windowed: true }).totalBytes;
  windowed = openRealEngine({
    memory: () => ({ totalBytes: 8e9, availableBytes }),
    spawnEngineHost() {
      const host = forkEngineHost({ modulePath: hostModulePath, log: silentLog, native: 'required' });
      return {
        ...host,
        send(request) {
          if (request.type === 'load') loads.push(request.options.windowed ?? false);
          host.send(request);
        },
      };
    },
  });
});

afterAll(async () => {
  await Promise.all([whole[Symbol.asyncDispose](), windowed[Symbol.asyncDispose]()]);
  await folder[Symbol.asyncDispose]();
});

const noise = (words: number, seed: number): string =>
  Array.from({ length: words }, (_, index) => String.fromCharCode(97 + ((index * 7 + seed) % 26))).join(' ');

async function both(prompt: Prompt): Promise<string> {
  const options = { maxOutputTokens: 24 };
  const [expected, answer] = [
    await ask(whole.languageModel(model), prompt, options),
    await ask(windowed.languageModel(model), prompt, options),
  ];
  expect(answer.error).toBeUndefined();
  expect(answer.text).toBe(expected.text);
  return answer.text;
}

describe('a model whose layers keep no more than their window', () => {
  test('answers as one that keeps all, however a conversation goes on or back', async () => {
    const first = [user(noise(300, 1))];
    const answer = await both(first);
    expect(loads).toEqual([true]);
    expect(windowed.residents.get(model.id)).toEqual({ kind: 'loaded', contextTokens: 2048 });
    const second = [...first, assistant(answer), user(noise(40, 2))];
    await both(second);
    // The same question again, another one in its place, and the first of all: each goes back further than a window.
    await both(second);
    await both([...first, assistant(answer), user(noise(50, 3))]);
    await both(first);
    await both([user(`${noise(300, 1)} ${noise(20, 4)}`)]);
    await both([user(noise(450, 5))]);
    await both(second);
  });

  test('answers many at once as one after the other', async () => {
    const prompts = Array.from({ length: 5 }, (_, index) => [user(`${noise(150, 9)} ${noise(20 + index, index)}`)]);
    const options = { maxOutputTokens: 12 };
    const expected: string[] = [];
    for (const prompt of prompts) expected.push((await ask(whole.languageModel(model), prompt, options)).text);
    const answers = await Promise.all(prompts.map((prompt) => ask(windowed.languageModel(model), prompt, options)));
    expect(answers.map(({ text }) => text)).toEqual(expected);
  });
});
