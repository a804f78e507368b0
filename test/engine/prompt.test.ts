import { expect, test } from 'vitest';
import { parsePrompt, warningsFor } from '../../electron/engine/prompt.ts';
import { assistant, user } from '../suites/engine-asking.ts';

test('turns keep their order, and the parts of one turn become one text', () => {
  const two = {
    role: 'user',
    content: [
      { type: 'text', text: 'Hel' },
      { type: 'text', text: 'lo' },
    ],
  } as const;
  expect(
    parsePrompt([{ role: 'system', content: 'Be kind.' }, { ...two, content: [...two.content] }, assistant('Hi')]),
  ).toEqual([
    { role: 'system', text: 'Be kind.' },
    { role: 'user', text: 'Hello' },
    { role: 'assistant', text: 'Hi' },
  ]);
});

test('calls and what the tools found keep their places, and old thoughts are left out', () => {
  expect(
    parsePrompt([
      user('Rain?'),
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', text: 'Hm.' },
          { type: 'text', text: 'Let me see.' },
          { type: 'tool-call', toolCallId: '1', toolName: 'look', input: { days: 3 } },
        ],
      },
      {
        role: 'tool',
        content: [
          { type: 'tool-result', toolCallId: '1', toolName: 'look', output: { type: 'json', value: { rain: 0 } } },
          { type: 'tool-result', toolCallId: '2', toolName: 'pay', output: { type: 'execution-denied' } },
        ],
      },
    ]),
  ).toEqual([
    { role: 'user', text: 'Rain?' },
    { role: 'assistant', text: 'Let me see.', calls: [{ name: 'look', input: '{"days":3}' }] },
    { role: 'tool', name: 'look', text: '{"rain":0}' },
    { role: 'tool', name: 'pay', text: 'The person did not allow it.' },
  ]);
});

test('names the part that cannot be read', () => {
  const file = { type: 'file', mediaType: 'image/png', data: { type: 'data', data: 'AAAA' } } as const;
  expect(() =>
    parsePrompt([user('See'), { role: 'user', content: [{ type: 'text', text: 'this' }, file] }]),
  ).toThrowError(
    expect.objectContaining({
      code: 'BAD_INPUT',
      data: { issues: [{ path: 'prompt.1.content.1', message: expect.stringContaining('"file"') }] },
    }),
  );
  expect(() => parsePrompt([{ role: 'tool', content: [] }])).toThrowError(
    expect.objectContaining({ code: 'BAD_INPUT' }),
  );
});

test('warns of every wish that is not fulfilled, and of no other', () => {
  expect(warningsFor({ prompt: [], temperature: 1, responseFormat: { type: 'text' }, tools: [] })).toEqual([]);
  const warnings = warningsFor({
    prompt: [],
    tools: [{ type: 'provider', id: 'cloud.search', name: 'search', args: {} }],
    reasoning: 'high',
  });
  expect(warnings.map((warning) => ('feature' in warning ? warning.feature : ''))).toEqual([
    'provider-defined tools',
    'reasoning',
  ]);
});
