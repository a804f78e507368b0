import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planStep, type StreamState } from '../../../../electron/engine/host/native/plan-step.ts';

const limits = { batchTokens: 64, aloneTokens: 64, besideTokens: 16 };
const priority = fc.constantFrom('person', 'api', 'background');
const stream: fc.Arbitrary<StreamState> = fc.record({
  priority,
  pendingTokens: fc.oneof(fc.constant(0), fc.constant(1), fc.integer({ min: 2, max: 500 })),
  waitedSteps: fc.nat(50),
});
const streams = fc.array(stream, { minLength: 1, maxLength: 8 });

test('never plans more than fits, more than there is, or one stream twice', () => {
  fc.assert(
    fc.property(streams, (states) => {
      const plan = planStep(states, limits);
      expect(plan.reduce((sum, { tokens }) => sum + tokens, 0)).toBeLessThanOrEqual(limits.batchTokens);
      expect(new Set(plan.map(({ index }) => index)).size).toBe(plan.length);
      for (const { index, tokens } of plan) {
        expect(tokens).toBeGreaterThan(0);
        expect(tokens).toBeLessThanOrEqual(states[index]?.pendingTokens ?? 0);
      }
    }),
  );
});

test('always gets something done when there is something to do', () => {
  fc.assert(
    fc.property(streams, (states) => {
      const work = states.some(({ pendingTokens }) => pendingTokens > 0);
      expect(planStep(states, limits).length > 0).toBe(work);
    }),
  );
});

test('whoever writes for a person or a program takes part in every step, and reading beside them stays short', () => {
  fc.assert(
    fc.property(streams, (states) => {
      const plan = planStep(states, limits);
      const writers = states.flatMap(({ priority: of, pendingTokens }, index) =>
        pendingTokens === 1 && of !== 'background' ? [index] : [],
      );
      for (const writer of writers) expect(plan).toContainEqual({ index: writer, tokens: 1 });
      if (writers.length === 0) return;
      const read = plan.flatMap(({ index, tokens }) => (states[index]?.pendingTokens === 1 ? [] : [tokens]));
      expect(read.reduce((sum, tokens) => sum + tokens, 0)).toBeLessThanOrEqual(limits.besideTokens);
    }),
  );
});

test('nobody starves, whoever keeps arriving', () => {
  const rest = fc.constantFrom(1, 1000);
  fc.assert(
    fc.property(fc.array(fc.record({ priority, pendingTokens: rest }), { minLength: 1, maxLength: 8 }), (kinds) => {
      // Every stream has new work as soon as it was served: a crowd that never gets less.
      const waited = kinds.map(() => 0);
      let longest = 0;
      for (let step = 0; step < 400; step += 1) {
        const states = kinds.map((kind, index) => ({ ...kind, waitedSteps: waited[index] ?? 0 }));
        const served = new Set(planStep(states, limits).map(({ index }) => index));
        for (const index of kinds.keys()) waited[index] = served.has(index) ? 0 : (waited[index] ?? 0) + 1;
        longest = Math.max(longest, ...waited);
      }
      expect(longest).toBeLessThanOrEqual(40);
    }),
    { numRuns: 60 },
  );
});

test('a person is read to before a program, and a program before the background', () => {
  const reading = (of: StreamState['priority']): StreamState => ({ priority: of, pendingTokens: 500, waitedSteps: 0 });
  expect(planStep([reading('background'), reading('api'), reading('person')], limits)).toEqual([
    { index: 2, tokens: 64 },
  ]);
  expect(planStep([reading('background'), reading('api')], limits)).toEqual([{ index: 1, tokens: 64 }]);
});

test('background work writes only now and then beside others', () => {
  const writing = (of: StreamState['priority'], waitedSteps: number): StreamState => ({
    priority: of,
    pendingTokens: 1,
    waitedSteps,
  });
  expect(planStep([writing('person', 0), writing('background', 1)], limits)).toEqual([{ index: 0, tokens: 1 }]);
  expect(planStep([writing('person', 0), writing('background', 4)], limits)).toHaveLength(2);
  expect(planStep([writing('background', 0)], limits)).toHaveLength(1);
});
