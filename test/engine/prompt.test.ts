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
    tools: [{ type: 'function', name: 'look', inputSchema: {} }],
    reasoning: 'high',
  });
  expect(warnings.map((warning) => ('feature' in warning ? warning.feature : ''))).toEqual(['tools', 'reasoning']);
});
