import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createToolCallReader } from '../../electron/engine/tool-call-reader.ts';

const look = { type: 'call', name: 'look', input: { at: 'the "sky"} [' } };
const input = JSON.stringify(look.input);

function read(text: string, cuts: readonly number[] = []) {
  const reader = createToolCallReader(new Set(['look', 'wait']));
  const places = [...new Set([0, ...cuts.map((cut) => cut % (text.length + 1)), text.length])].toSorted(
    (a, b) => a - b,
  );
  const pieces = places.slice(1).flatMap((end, index) => reader.push(text.slice(places[index], end)));
  const all = [...pieces, ...reader.end()];
  return {
    text: all.map((piece) => (piece.type === 'text' ? piece.text : '')).join(''),
    calls: all.filter((piece) => piece.type === 'call'),
  };
}

const wait = { type: 'call', name: 'wait', input: {} };
const forms: [string, string, object[]][] = [
  ['Qwen and Hermes', `<tool_call>\n{"name": "look", "arguments": ${input}}\n</tool_call>`, [look]],
  [
    'several calls',
    `<tool_call>{"name":"look","arguments":${input}}</tool_call>\n<tool_call>{"name":"wait"}</tool_call>`,
    [look, wait],
  ],
  ['Llama 3', `{"name": "look", "parameters": ${input}}`, [look]],
  ['Llama 3 with its mark', `<|python_tag|>{"name": "look", "parameters": ${input}}`, [look]],
  [
    'Mistral',
    `[TOOL_CALLS] [{"name": "look", "arguments": ${input}}, {"name": "wait", "arguments": {}}]`,
    [look, wait],
  ],
  ['newer Mistral', `[TOOL_CALLS]look[ARGS]${input}`, [look]],
  ['input as text', `<tool_call>{"name": "look", "arguments": ${JSON.stringify(input)}}</tool_call>`, [look]],
];

test.each(forms)('the form of %s is read', (_whose, text, calls) => {
  expect(read(text)).toEqual({ text: '', calls });
});

test('words before a call stay words', () => {
  expect(read(`Let me see.\n<tool_call>{"name":"look","arguments":${input}}</tool_call>`)).toEqual({
    text: 'Let me see.',
    calls: [look],
  });
});

test.each([
  '{"name": "unknown", "parameters": {}}',
  '{"some": "json"}',
  '<tool_call>no json</tool_call>'.replace('</tool_call>', ''),
  'a { b } <tool',
  '{"name": "look", "arguments": {"at": "',
])('what is no call of a known tool stays text: %s', (text) => {
  expect(read(text)).toEqual({ text, calls: [] });
});

test('the result does not depend on how the text is cut', () => {
  const any = fc.oneof(
    fc.constantFrom(...forms.map(([, text]) => text)),
    fc
      .array(fc.constantFrom('<tool_call>', '</tool_call>', '{', '}', '"', 'look', '[TOOL_CALLS]', ' ', 'x', '['))
      .map((all) => all.join('')),
  );
  fc.assert(
    fc.property(any, fc.array(fc.nat(), { maxLength: 8 }), (text, cuts) => {
      expect(read(text, cuts)).toEqual(read(text));
    }),
  );
});
