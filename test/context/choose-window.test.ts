import fc from 'fast-check';
import { expect, test } from 'vitest';

import { chooseWindowStart, type Exchange } from '../../electron/context/choose-window.ts';

const exchange = fc.record({ questionTokens: fc.nat(400), answerTokens: fc.nat(400) });
/** The last exchange waits for its answer, as it does when a question is asked. */
const asked = fc
  .tuple(fc.array(exchange, { maxLength: 60 }), fc.integer({ min: 1, max: 400 }))
  .map(([before, questionTokens]): Exchange[] => [...before, { questionTokens, answerTokens: 0 }]);
const budget = fc.integer({ min: 400, max: 3000 });

function sizeFrom(exchanges: readonly Exchange[], start: number): number {
  return exchanges
    .slice(start)
    .reduce((sum, { questionTokens, answerTokens }) => sum + questionTokens + answerTokens, 0);
}

test('what fits is read whole', () => {
  fc.assert(
    fc.property(asked, (exchanges) => {
      expect(chooseWindowStart(exchanges, sizeFrom(exchanges, 0))).toBe(0);
    }),
  );
});

test('what is read fits, and the last question is always read', () => {
  fc.assert(
    fc.property(asked, budget, (exchanges, budgetTokens) => {
      const start = chooseWindowStart(exchanges, budgetTokens);
      expect(start).toBeLessThan(exchanges.length);
      expect(sizeFrom(exchanges, start)).toBeLessThanOrEqual(budgetTokens);
    }),
  );
});

test('a question too long for the budget is read alone', () => {
  expect(
    chooseWindowStart(
      [
        { questionTokens: 10, answerTokens: 10 },
        { questionTokens: 500, answerTokens: 0 },
      ],
      100,
    ),
  ).toBe(1);
});

test('the window only ever moves forward as a conversation grows', () => {
  fc.assert(
    fc.property(asked, budget, (exchanges, budgetTokens) => {
      const starts = exchanges.map((_, index) => chooseWindowStart(askedUpTo(exchanges, index), budgetTokens));
      expect(starts).toEqual(starts.toSorted((left, right) => left - right));
    }),
  );
});

test('a cut is deep: more than a third of the room is filled again before the next one', () => {
  const small = fc.record({ questionTokens: fc.nat(50), answerTokens: fc.nat(50) });
  fc.assert(
    fc.property(fc.array(small, { minLength: 20, maxLength: 200 }), (exchanges) => {
      const budgetTokens = 1000;
      let previous = 0;
      let sinceCut = Infinity;
      for (const [index, { questionTokens, answerTokens }] of exchanges.entries()) {
        const start = chooseWindowStart(askedUpTo(exchanges, index), budgetTokens);
        sinceCut += questionTokens;
        if (start > previous) {
          expect(sinceCut).toBeGreaterThan(budgetTokens / 3);
          sinceCut = 0;
        }
        previous = start;
        sinceCut += answerTokens;
      }
    }),
  );
});

function askedUpTo(exchanges: readonly Exchange[], index: number): Exchange[] {
  const last = exchanges[index];
  return [...exchanges.slice(0, index), ...(last === undefined ? [] : [{ ...last, answerTokens: 0 }])];
}
