import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mostProbable, readLogprobs } from '../../../../electron/engine/host/native/logprobs.ts';

const logits = fc
  .array(fc.float({ min: -30, max: 30, noNaN: true }), { minLength: 1, maxLength: 60 })
  .map((values) => Float32Array.from(values));

test('the most probable token is the first of the largest', () => {
  fc.assert(
    fc.property(logits, (values) => {
      expect(mostProbable(values)).toBe(values.indexOf(values.reduce((most, value) => Math.max(most, value))));
    }),
  );
  expect(mostProbable(new Float32Array([Number.NaN, Number.NaN]))).toBe(0);
});

test('log probabilities are those of the softmax, the most probable first', () => {
  fc.assert(
    fc.property(logits, fc.nat(), fc.nat(5), (values, any, count) => {
      const chosen = any % values.length;
      const sum = values.reduce((total, value) => total + Math.exp(value), 0);
      const { token, logprob, top } = readLogprobs(values, chosen, count, String);
      expect(token).toBe(String(chosen));
      expect(logprob).toBeCloseTo(Math.min(0, (values[chosen] ?? 0) - Math.log(sum)), 4);
      expect(top.length).toBe(Math.min(count, values.length));
      const sorted = [...values].toSorted((a, b) => b - a).slice(0, count);
      for (const [index, value] of sorted.entries()) {
        expect(top[index]?.logprob).toBeCloseTo(Math.min(0, value - Math.log(sum)), 4);
      }
    }),
  );
});
