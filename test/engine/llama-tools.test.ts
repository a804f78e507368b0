import path from 'node:path';
import type { LanguageModelV4, LanguageModelV4CallOptions } from '@ai-sdk/provider';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../electron/engine/engine.ts';
import { writeScriptedModel } from '../model/scripted-model.ts';
import { writeTinyModel } from '../model/tiny-model.ts';
import { ask, user, type Prompt } from '../suites/engine-asking.ts';
import { checkModel, openModelFolder, openRealEngine } from './real-models.ts';

const tools: LanguageModelV4CallOptions['tools'] = [
  {
    type: 'function',
    name: 'look',
    description: 'Looks at the weather',
    inputSchema: {
      type: 'object',
      properties: { days: { type: 'integer', minimum: 1, maximum: 9 } },
      required: ['days'],
    },
  },
  {
    type: 'function',
    name: 'wait',
    inputSchema: { type: 'object', properties: { why: { $ref: '#/$defs/why' } }, $defs: { why: { enum: ['x', 'y'] } } },
  },
];
const asTemplate =
  "{% if tools %}{{ '<|im_start|>system\\n<tools>' }}{% for tool in tools %}{{ tool | tojson }}{% endfor %}{{ '</tools><|im_end|>\\n' }}{% endif %}" +
  "{% for message in messages %}{% if message.role == 'tool' %}{{ '<|im_start|>user\\n<tool_response>\\n' + message.content + '\\n</tool_response><|im_end|>\\n' }}" +
  "{% else %}{{ '<|im_start|>' + message.role + '\\n' }}{% if message.content %}{{ message.content }}{% endif %}" +
  '{% if message.tool_calls %}{% for call in message.tool_calls %}{{ \'\\n<tool_call>\\n{"name": "\' + call.function.name + \'", "arguments": \' }}{{ call.function.arguments | tojson }}{{ \'}\\n</tool_call>\' }}{% endfor %}{% endif %}' +
  "{{ '<|im_end|>\\n' }}{% endif %}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

describe.each([
  ["by llama.cpp's own functions", 'required'],
  ['through node-llama-cpp', 'off'],
] as const)('tools %s', (_way, native) => {
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

  async function reciter(id: string, text: string, template?: string): Promise<LanguageModelV4> {
    const file = path.join(folder.path, `${id}.gguf`);
    await writeScriptedModel(file, { text, ...(template === undefined ? {} : { template }) });
    return engine.languageModel(await checkModel(id, file));
  }
  async function tiny(): Promise<LanguageModelV4> {
    const file = path.join(folder.path, 'tiny.gguf');
    await writeTinyModel(file);
    return engine.languageModel(await checkModel('tiny', file));
  }

  test.each([
    ['without words for tools', undefined],
    ['that writes tools', asTemplate],
  ])('a model with a template %s calls them', async (what, template) => {
    const text = 'Let me look.\n<tool_call>\n{"name": "look", "arguments": {"days": 3}}\n</tool_call>';
    const model = await reciter(`calls ${what}`, text, template);
    const answer = await ask(model, [user('Will it rain?')], { tools });
    expect(answer.error).toBeUndefined();
    expect(answer.text).toBe('Let me look.');
    const types = answer.parts.map(({ type }) => type).filter((type) => type.startsWith('t'));
    expect(types.slice(-5)).toEqual([
      'text-end',
      'tool-input-start',
      'tool-input-delta',
      'tool-input-end',
      'tool-call',
    ]);
    const call = answer.parts.find((part) => part.type === 'tool-call');
    expect(call).toMatchObject({ toolName: 'look', input: '{"days":3}' });
    expect(call?.providerMetadata).toBeUndefined();
    expect(answer.finish?.finishReason.unified).toBe('tool-calls');

    const results: Prompt = [
      user('Will it rain?'),
      {
        role: 'assistant',
        content: [{ type: 'tool-call', toolCallId: 'c', toolName: 'look', input: { days: 3 } }],
      },
      {
        role: 'tool',
        content: [
          { type: 'tool-result', toolCallId: 'c', toolName: 'look', output: { type: 'json', value: { rain: false } } },
        ],
      },
    ];
    const next = await ask(model, results, { tools });
    expect(next.error).toBeUndefined();
    const read = (asked: typeof next): number => asked.finish?.usage.inputTokens.total ?? 0;
    expect(read(next)).toBeGreaterThan(read(answer));
    // Tools are read before everything else.
    expect(read(answer)).toBeGreaterThan(read(await ask(model, [user('Will it rain?')])) + 50);
  });

  test('an input that does not fit its schema says so', async () => {
    const model = await reciter('misfit', '<tool_call>{"name": "look", "arguments": {"days": "many"}}</tool_call>');
    const { content } = await model.doGenerate({ prompt: [user('Hi')], tools, temperature: 0 });
    expect(content).toEqual([
      expect.objectContaining({
        type: 'tool-call',
        input: '{"days":"many"}',
        providerMetadata: { clawdbot: { misfit: expect.stringContaining('input.days') } },
      }),
    ]);
  });

  test('without tools, or with the choice of none, a call is text like any other', async () => {
    const text = '<tool_call>{"name": "look"}</tool_call>';
    const model = await reciter('plain', text);
    expect((await ask(model, [user('Hi')])).text).toBe(text);
    expect((await ask(model, [user('Hi')], { tools, toolChoice: { type: 'none' } })).text).toBe(text);
  });

  test('a call that is required is made, even by a model of noise', async () => {
    const model = await tiny();
    for (const toolChoice of [{ type: 'required' }, { type: 'tool', toolName: 'wait' }] as const) {
      const answer = await ask(model, [user('Hi')], { tools, toolChoice, temperature: 1, seed: 3, topK: 0, topP: 1 });
      expect(answer.error).toBeUndefined();
      const calls = answer.parts.filter((part) => part.type === 'tool-call');
      expect(calls).toHaveLength(1);
      expect(calls[0]?.providerMetadata).toBeUndefined();
      if (toolChoice.type === 'tool') expect(calls[0]?.toolName).toBe('wait');
      expect(answer.finish?.finishReason.unified).toBe('tool-calls');
    }
  });

  test('a tool that was not offered cannot be required', async () => {
    const model = await tiny();
    await expect(
      ask(model, [user('Hi')], { tools, toolChoice: { type: 'tool', toolName: 'other' } }),
    ).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});
