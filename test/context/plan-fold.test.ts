import fc from 'fast-check';
import { expect, test } from 'vitest';

import { planFold, planMerge } from '../../electron/context/plan-fold.ts';

const sizes = fc.array(fc.record({ questionTokens: fc.nat(300), answerTokens: fc.nat(300) }), { maxLength: 60 });

test('nothing is folded while most of the room is free', () => {
  fc.assert(
    fc.property(sizes, (exchanges) => {
      const total = exchanges.reduce((sum, { questionTokens, answerTokens }) => sum + questionTokens + answerTokens, 0);
      const roomTokens = Math.ceil(total / 0.7) + 1;
      expect(planFold({ sizes: exchanges, from: 0, roomTokens, blockTokens: 1000 })).toBeUndefined();
    }),
  );
});

test('a block begins where the last one ended, leaves the last exchange, and is no longer than can be read', () => {
  fc.assert(
    fc.property(sizes, fc.nat(60), fc.integer({ min: 100, max: 3000 }), (exchanges, from, roomTokens) => {
      const plan = planFold({ sizes: exchanges, from, roomTokens, blockTokens: roomTokens });
      if (plan === undefined) return;
      expect(plan.from).toBe(from);
      expect(plan.to).toBeGreaterThan(from);
      expect(plan.to).toBeLessThan(exchanges.length);
      const block = exchanges.slice(plan.from, plan.to);
      const tokens = block.reduce((sum, { questionTokens, answerTokens }) => sum + questionTokens + answerTokens, 0);
      if (block.length > 1) expect(tokens).toBeLessThanOrEqual(roomTokens);
    }),
  );
});

test('folding block after block comes to an end at which most of the room is free, or one exchange is left', () => {
  fc.assert(
    fc.property(sizes, fc.integer({ min: 500, max: 3000 }), (exchanges, roomTokens) => {
      let from = 0;
      for (let round = 0; ; round += 1) {
        const plan = planFold({ sizes: exchanges, from, roomTokens, blockTokens: roomTokens / 2 });
        if (plan === undefined) break;
        from = plan.to;
        expect(round).toBeLessThan(60);
      }
      const rest = exchanges.slice(from).reduce((sum, size) => sum + size.questionTokens + size.answerTokens, 0);
      if (exchanges.length - from > 1) expect(rest).toBeLessThanOrEqual(roomTokens * 0.7);
    }),
  );
});

test('summaries of one level become one of the next when there are many', () => {
  const levels = (...list: number[]) => planMerge(list.map((level) => ({ level })));
  expect(levels()).toBeUndefined();
  expect(levels(0, 0, 0, 0)).toBeUndefined();
  expect(levels(0, 0, 0, 0, 0)).toEqual({ from: 0, to: 4 });
  expect(levels(1, 1, 0, 0, 0, 0, 0)).toEqual({ from: 2, to: 6 });
  expect(levels(2, 1, 1, 1, 1, 1, 0)).toEqual({ from: 1, to: 5 });
});
