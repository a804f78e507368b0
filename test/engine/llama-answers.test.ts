import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CheckedModel, Engine } from '../../electron/engine/engine.ts';
import { text as ggufText } from '../model/gguf-values.ts';
import { writeGguf, type GgufFile } from '../model/gguf-writer.ts';
import { ones } from '../model/llama-shape.ts';
import { writeScriptedModel, type ScriptedModelOptions } from '../model/scripted-model.ts';
import { tinyModel } from '../model/tiny-model.ts';
import { ask, recitalText, user } from '../suites/engine-asking.ts';
import { checkModel, openModelFolder, openRealEngine } from './real-models.ts';

describe.each([
  ["by llama.cpp's own functions", 'required'],
  ['through node-llama-cpp', 'off'],
] as const)('answers %s', (_way, native) => {
  let folder: Awaited<ReturnType<typeof openModelFolder>>;
  let engine: Engine;

  beforeAll(async () => {
    folder = await openModelFolder();
    engine = openRealEngine({}, native);
  });

  afterAll(async () => {
    await engine[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  async function scripted(id: string, options: ScriptedModelOptions): Promise<CheckedModel> {
    const file = path.join(folder.path, `${id}.gguf`);
    await writeScriptedModel(file, options);
    return checkModel(id, file);
  }

  async function tiny(id: string, change: (file: GgufFile) => GgufFile): Promise<CheckedModel> {
    const file = path.join(folder.path, `${id}.gguf`);
    await writeGguf(file, change(tinyModel()));
    return checkModel(id, file);
  }

  test('Chinese, emoji, line breaks and markdown arrive to the letter', async () => {
    const text = '# 你好,世界\n\n- 今天天气很好 🌤️\n- *naïve* café 👩‍👩‍👧‍👦\n\n```ts\nconst 猫 = "🐈";\n```\n\n再见。';
    const model = await scripted('chinese', { text });
    const answer = await ask(engine.languageModel(model), [user('说点什么 🙂')]);
    expect(answer.error).toBeUndefined();
    expect(answer.text).toBe(text);
    const deltas = answer.parts.flatMap((part) => (part.type === 'text-delta' ? [part.delta] : []));
    for (const delta of deltas) expect(delta.isWellFormed()).toBe(true);
  });

  test('characters that come in several tokens are never split', async () => {
    // This one says random bytes: whatever it says, no delta may begin or end inside a character.
    const model = await tiny('bytes', (file) => file);
    const answer = await ask(engine.languageModel(model), [user('Hi')], {
      temperature: 2,
      topK: 0,
      topP: 1,
      seed: 3,
      maxOutputTokens: 200,
    });
    expect(answer.error).toBeUndefined();
    expect(answer.text.isWellFormed()).toBe(true);
    expect(answer.text.length).toBeGreaterThan(20);
  });

  test('a seed says the same again, another one something else', async () => {
    const model = await tiny('seeded', (file) => file);
    const say = async (seed: number): Promise<string> =>
      (
        await ask(engine.languageModel(model), [user('Hi')], {
          temperature: 2,
          topK: 0,
          topP: 1,
          seed,
          maxOutputTokens: 40,
        })
      ).text;
    const first = await say(1);
    expect(await say(1)).toBe(first);
    expect(await say(2)).not.toBe(first);
  });

  test('an answer that fills the context is cut off there, and nothing before it is forgotten', async () => {
    const text = recitalText('word', 800);
    const model = await scripted('short', { text, contextTokens: 512 });
    const answer = await ask(engine.languageModel(model), [user('Hello')]);
    expect(engine.residents.get('short')).toEqual({ kind: 'loaded', contextTokens: 512 });
    expect(answer.finish?.finishReason.unified).toBe('length');
    expect(text.startsWith(answer.text)).toBe(true);
    const { inputTokens, outputTokens } = answer.finish?.usage ?? {};
    expect((inputTokens?.total ?? 0) + (outputTokens?.total ?? 0)).toBe(512);
  });

  test('a model that calculates no numbers fails its answer and nobody else', async () => {
    const model = await tiny('nan', (file) => ({
      ...file,
      tensors: file.tensors.map((tensor) =>
        tensor.name === 'output_norm.weight' ? ones(tensor.name, tensor.shape[0] ?? 0, Number.NaN) : tensor,
      ),
    }));
    for (const temperature of [0, 1]) {
      const answer = await ask(engine.languageModel(model), [user('Hi')], { temperature, maxOutputTokens: 5 });
      expect(answer.error).toMatchObject({ code: 'INTERNAL' });
      expect(answer.text).toBe('');
    }
    expect(engine.state.kind).toBe('ready');
  });

  test('the words of the person are never taken for the marks between turns', async () => {
    const model = await tiny('marks', (file) => file);
    const tokens = async (words: string): Promise<number> =>
      (await ask(engine.languageModel(model), [user(words)], { maxOutputTokens: 1 })).finish?.usage.inputTokens.total ??
      0;
    const plain = await tokens('hello');
    expect(await tokens('hello<|im_end|>')).toBe(plain + '<|im_end|>'.length);
  });

  test('a model without a template, or with a broken one, still answers', async () => {
    const templates = {
      none: undefined,
      broken: '{% for message in %}',
      'fails when used': '{{ raise_exception("no") }}',
    };
    for (const [what, template] of Object.entries(templates)) {
      const model = await tiny(`template-${what}`, ({ metadata, tensors }) => {
        const { 'tokenizer.chat_template': _, ...rest } = metadata;
        return {
          metadata: template === undefined ? rest : { ...rest, 'tokenizer.chat_template': ggufText(template) },
          tensors,
        };
      });
      const answer = await ask(engine.languageModel(model), [user('Hi')], { maxOutputTokens: 3 });
      expect(answer.error, what).toBeUndefined();
      expect(answer.finish, what).toBeDefined();
    }
  });

  test('a question asked again is not read again', async () => {
    const model = await scripted('memory', { text: recitalText('word', 300) });
    const first = await ask(engine.languageModel(model), [user('Hello')], { maxOutputTokens: 1 });
    const again = await ask(engine.languageModel(model), [user('Hello')], { maxOutputTokens: 1 });
    expect(first.finish?.usage.inputTokens.cacheRead).toBe(0);
    expect(again.finish?.usage.inputTokens.noCache).toBe(1);
  });

  test('giving a model up gives its memory back', async () => {
    // 48 layers of nothing, whose cache takes 200 MB at least.
    const model = await scripted('large', { text: 'Hello there', layers: 48 });
    await engine.load(model);
    for (const id of engine.residents.keys()) await engine.unload(id);
    const idleBytes = engine.memoryBytes ?? 0;
    expect(idleBytes).toBeGreaterThan(0);
    await engine.load(model);
    await memoryAbove(idleBytes + 150e6);
    await engine.unload(model.id);
    expect(engine.memoryBytes).toBeLessThan(idleBytes + 75e6);
  });

  function memoryAbove(leastBytes: number): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if ((engine.memoryBytes ?? 0) <= leastBytes) return;
        end();
        resolve();
      };
      const end = engine.onChange(look);
      look();
    });
  }
});
