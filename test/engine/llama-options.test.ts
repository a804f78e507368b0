import path from 'node:path';
import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Engine } from '../../electron/engine/engine.ts';
import { writeScriptedModel } from '../model/scripted-model.ts';
import { writeTinyModel } from '../model/tiny-model.ts';
import { ask, recitalText, user } from '../suites/engine-asking.ts';
import { checkModel, openModelFolder, openRealEngine } from './real-models.ts';

type Options = Partial<LanguageModelV4CallOptions>;
const free: Options = { temperature: 2, topK: 0, topP: 1, maxOutputTokens: 40 };

describe.each([
  ["by llama.cpp's own functions", 'required'],
  ['through node-llama-cpp', 'off'],
] as const)('options %s', (_way, native) => {
  let folder: Awaited<ReturnType<typeof openModelFolder>>;
  let engine: Engine;
  let tiny: LanguageModelV4;

  beforeAll(async () => {
    folder = await openModelFolder();
    engine = openRealEngine({}, native);
    const file = path.join(folder.path, 'tiny.gguf');
    await writeTinyModel(file);
    tiny = engine.languageModel(await checkModel('tiny', file));
  });

  afterAll(async () => {
    await engine[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  async function say(options: Options): Promise<string> {
    const answer = await ask(tiny, [user('Hi')], options);
    expect(answer.error).toBeUndefined();
    return answer.text;
  }

  async function reciter(id: string, text: string, template?: string): Promise<LanguageModelV4> {
    const file = path.join(folder.path, `${id}.gguf`);
    await writeScriptedModel(file, { text, ...(template === undefined ? {} : { template }) });
    return engine.languageModel(await checkModel(id, file));
  }

  test.each([
    ['temperature alone', {}],
    ['top-k', { topK: 20 }],
    ['top-p', { topP: 0.5 }],
    ['min-p', { providerOptions: { clawdbot: { minP: 0.3 } } }],
    ['penalties', { frequencyPenalty: 1, presencePenalty: 1, providerOptions: { clawdbot: { repeatPenalty: 1.3 } } }],
  ] satisfies [string, Options][])(
    'one seed says the same again with %s, another one something else',
    async (_, own) => {
      const first = await say({ ...free, ...own, seed: 1 });
      expect(await say({ ...free, ...own, seed: 1 })).toBe(first);
      expect(await say({ ...free, ...own, seed: 2 })).not.toBe(first);
    },
  );

  test('a choice of one is the most probable word, by whichever option', async () => {
    const greedy = await say({ ...free, temperature: 0 });
    expect(greedy.length).toBeGreaterThan(10);
    expect(await say({ ...free, topK: 1 })).toBe(greedy);
    expect(await say({ ...free, providerOptions: { clawdbot: { minP: 1 } } })).toBe(greedy);
  });

  test('penalties keep words from coming again as far back as they look', async () => {
    const greedy = await say({ ...free, temperature: 0 });
    const penalised = { ...free, temperature: 0, presencePenalty: 2, frequencyPenalty: 2 };
    const fresh = await say(penalised);
    expect(new Set(fresh).size).toBeGreaterThan(new Set(greedy).size);
    expect(await say({ ...penalised, providerOptions: { clawdbot: { penaltyTokens: 0 } } })).toBe(greedy);
    const repeat = { repeatPenalty: 5, penaltyTokens: 1000 };
    expect(await say({ ...free, temperature: 0, providerOptions: { clawdbot: repeat } })).not.toBe(greedy);
  });

  test('an option outside its range is refused before anything is calculated', async () => {
    await expect(ask(tiny, [user('Hi')], { temperature: Number.NaN })).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  const answer = 'Two, as `<think>` says.';

  test('a thought before an answer is a part of its own', async () => {
    const model = await reciter('thinker', `<think>\nOne and one.\n</think>\n\n${answer}`, thinkingTemplate);
    const asked = await ask(model, [user('1 + 1?')]);
    expect(asked.error).toBeUndefined();
    expect(spoken(asked.parts, 'reasoning-delta')).toBe('One and one.');
    expect(asked.text).toBe(answer);
    expect(
      asked.parts.map(({ type }) => type).filter((type) => /^(?:reasoning|text)-(?:start|end)$/.test(type)),
    ).toEqual(['reasoning-start', 'reasoning-end', 'text-start', 'text-end']);
    const { reasoning = 0, total = 0 } = asked.finish?.usage.outputTokens ?? {};
    expect(reasoning).toBeGreaterThan(0);
    expect(reasoning).toBeLessThan(total);
  });

  test('a template may begin the thought itself', async () => {
    const model = await reciter('opened', `\nOne and one.</think>${answer}`, openingTemplate);
    const asked = await ask(model, [user('1 + 1?')]);
    expect(spoken(asked.parts, 'reasoning-delta')).toBe('One and one.');
    expect(asked.text).toBe(answer);
  });

  test('a thought may come through a channel of its own', async () => {
    const marks = ['<|channel|>analysis<|message|>', '<|end|><|start|>assistant<|channel|>final<|message|>'];
    const model = await reciter('harmony', `${marks[0]}One and one.${marks[1]}${answer}`, harmonyTemplate);
    const asked = await ask(model, [user('1 + 1?')]);
    expect(spoken(asked.parts, 'reasoning-delta')).toBe('One and one.');
    expect(asked.text).toBe(answer);
  });

  test('a thought that is cut off is told as far as it came', async () => {
    const model = await reciter('cut', `<think>${recitalText('word', 30)}</think>${answer}`, thinkingTemplate);
    const asked = await ask(model, [user('1 + 1?')], { maxOutputTokens: 9 });
    expect(asked.finish?.finishReason.unified).toBe('length');
    expect(spoken(asked.parts, 'reasoning-delta')).toMatch(/^word0000 word0001 word0002/);
    expect(asked.text).toBe('');
  });

  test('a stop is looked for in the answer only', async () => {
    const model = await reciter('stopped', '<think>One and one.</think>One and two.', thinkingTemplate);
    const asked = await ask(model, [user('Count')], { stopSequences: [' and'] });
    expect(spoken(asked.parts, 'reasoning-delta')).toBe('One and one.');
    expect(asked.text).toBe('One');
  });

  test('the mark of a thought is a word like any other for a model that does not think', async () => {
    const text = '<think>is how it begins</think>, they say.';
    const asked = await ask(await reciter('plain', text), [user('How?')]);
    expect(asked.text).toBe(text);
  });

  test('thinking can be left out', async () => {
    const model = await reciter('silent', answer, openingTemplate);
    const asked = await ask(model, [user('1 + 1?')], { reasoning: 'none' });
    expect(spoken(asked.parts, 'reasoning-delta')).toBe('');
    expect(asked.text).toBe(answer);
    expect(asked.parts.find((part) => part.type === 'stream-start')?.warnings).toEqual([]);
  });

  test('the whole answer at once holds the thought as well', async () => {
    const model = await reciter('whole', `<think>One and one.</think>${answer}`, thinkingTemplate);
    const { content } = await model.doGenerate({ prompt: [user('1 + 1?')], temperature: 0 });
    expect(content).toEqual([
      { type: 'reasoning', text: 'One and one.' },
      { type: 'text', text: answer },
    ]);
  });

  test('log probabilities come with the words when they are asked for', async () => {
    const asked = await ask(tiny, [user('Hi')], {
      temperature: 0,
      maxOutputTokens: 5,
      providerOptions: { clawdbot: { logprobs: 3 } },
    });
    if (native === 'off') {
      expect(asked.error).toMatchObject({ code: 'MODEL_UNSUPPORTED', data: { what: 'logprobs' } });
      return;
    }
    const told = asked.parts.flatMap((part) =>
      part.type === 'text-delta' ? [part.providerMetadata?.['clawdbot']] : [],
    );
    const logprobs = told.flatMap((entry) => logprobsSchema.parse(entry).logprobs);
    expect(logprobs.length).toBe(5);
    for (const { logprob, top } of logprobs) {
      expect(top.length).toBe(3);
      // At temperature 0 the chosen one is the most probable.
      expect(top[0]?.logprob).toBe(logprob);
      expect(top.map((other) => other.logprob)).toEqual(top.map((other) => other.logprob).toSorted((a, b) => b - a));
      expect(top.reduce((sum, other) => sum + Math.exp(other.logprob), 0)).toBeLessThanOrEqual(1.000001);
    }
  });
});

const logprobsSchema = z.object({
  logprobs: z.array(
    z.object({ token: z.string(), logprob: z.number(), top: z.array(z.object({ logprob: z.number() })) }),
  ),
});

const turns =
  "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' }}" +
  "{% if loop.last and message['role'] == 'assistant' %}{{ '<think>\\n\\n</think>\\n\\n' + message['content'] }}" +
  "{% else %}{{ message['content'] + '<|im_end|>\\n' }}{% endif %}{% endfor %}";
/** As families that decide themselves whether to think write it: an answer without a thought is written with an empty one. */
const thinkingTemplate = `${turns}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}`;
const openingTemplate = `${turns}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n<think>\\n' }}{% endif %}`;
const harmonyTemplate =
  "{% for message in messages %}{{ '<|start|>' + message['role'] }}" +
  "{% if message['role'] == 'assistant' %}{% if message.thinking %}<|channel|>analysis<|message|>{{ message.thinking }}<|end|>" +
  "{% endif %}{{ '<|channel|>final' }}{% endif %}{{ '<|message|>' + message['content'] }}" +
  "{% if not (loop.last and message['role'] == 'assistant') %}{{ '<|end|>' }}{% endif %}{% endfor %}" +
  "{% if add_generation_prompt %}{{ '<|start|>assistant' }}{% endif %}";

function spoken(parts: readonly LanguageModelV4StreamPart[], type: 'text-delta' | 'reasoning-delta'): string {
  return parts.map((part) => (part.type === type ? part.delta : '')).join('');
}
