import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSampling } from '../../electron/engine/sampling-options.ts';
import { requireSane } from '../../electron/engine/host/require-sane.ts';
import { isClawdbotError } from '../../shared/errors/clawdbot-error.ts';

test('what is not said about sampling has a sensible value', () => {
  expect(parseSampling({ prompt: [] })).toEqual({
    temperature: 0.7,
    topP: 0.95,
    topK: 40,
    minP: 0,
    repeatPenalty: 1,
    frequencyPenalty: 0,
    presencePenalty: 0,
    penaltyTokens: 64,
    seed: null,
    maxTokens: null,
    stop: [],
    tools: [],
    reasoning: true,
    grammar: null,
    logprobs: null,
  });
});

test.each([
  ['temperature', -1],
  ['temperature', Number.POSITIVE_INFINITY],
  ['topP', 2],
  ['topK', Number.NaN],
  ['maxOutputTokens', 0],
  ['presencePenalty', 3],
  ['frequencyPenalty', -2.5],
  ['seed', Number.NaN],
])('%s %d is outside its range and refused by name', (name, value) => {
  expect(() => parseSampling({ prompt: [], [name]: value })).toThrowError(
    expect.objectContaining({ code: 'BAD_INPUT', message: expect.stringContaining(name) }),
  );
});

test.each([
  ['minP', 1.5],
  ['repeatPenalty', 0],
  ['penaltyTokens', -1],
  ['logprobs', 21],
  ['minp', 0.1],
  ['priority', 3],
])('our own option %s %d is refused by name', (name, value) => {
  expect(() => parseSampling({ prompt: [], providerOptions: { clawdbot: { [name]: value } } })).toThrowError(
    expect.objectContaining({ code: 'BAD_INPUT', message: expect.stringContaining(name) }),
  );
});

test("another provider's options are its own business", () => {
  expect(parseSampling({ prompt: [], providerOptions: { other: { thinking: 'deep' } } }).minP).toBe(0);
});

test('a seed of any size becomes one that llama.cpp takes as that seed', () => {
  expect(parseSampling({ prompt: [], seed: 7 }).seed).toBe(7);
  expect(parseSampling({ prompt: [], seed: -7.5 }).seed).toBe(7);
  expect(parseSampling({ prompt: [], seed: 2 ** 32 + 2 }).seed).toBe(3);
  // llama.cpp takes this one for "any".
  expect(parseSampling({ prompt: [], seed: 2 ** 32 - 1 }).seed).toBe(0);
});

test('whatever is asked for, the engine gets sane numbers or nothing', () => {
  const number = fc.oneof(fc.double(), fc.integer(), fc.constant(undefined));
  const options = fc.record(
    { temperature: number, topP: number, topK: number, seed: number, presencePenalty: number, maxOutputTokens: number },
    { requiredKeys: [] },
  );
  const own = fc.record(
    { minP: number, repeatPenalty: number, penaltyTokens: number, logprobs: number },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(options, own, (asked, clawdbot) => {
      const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
      const ours = Object.fromEntries(
        Object.entries(clawdbot).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
      );
      try {
        requireSane(parseSampling({ prompt: [], ...given, providerOptions: { clawdbot: ours } }));
      } catch (error) {
        expect(isClawdbotError(error) && error.code).toBe('BAD_INPUT');
      }
    }),
  );
});
