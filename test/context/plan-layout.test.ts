import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { planLayout, type Boundary, type ExchangeSize } from '../../electron/context/plan-layout.ts';

const exchange = fc.record({ questionTokens: fc.nat(400), answerTokens: fc.nat(400) });
/** The last exchange waits for its answer, as it does when a question is asked. */
const asked = fc
  .tuple(fc.array(exchange, { maxLength: 60 }), fc.integer({ min: 1, max: 400 }))
  .map(([before, questionTokens]): ExchangeSize[] => [...before, { questionTokens, answerTokens: 0 }]);
const budget = fc.integer({ min: 400, max: 3000 });
/** Notes of any length after any exchange. */
const boundaries = fc
  .array(fc.record({ at: fc.integer({ min: 1, max: 60 }), notesTokens: fc.nat(600), ready: fc.boolean() }), {
    maxLength: 6,
  })
  .map((list): Boundary[] =>
    list
      .toSorted((left, right) => left.at - right.at)
      .filter((boundary, index, all) => boundary.at !== all[index - 1]?.at),
  );

function sizeFrom(exchanges: readonly ExchangeSize[], start: number): number {
  return exchanges
    .slice(start)
    .reduce((sum, { questionTokens, answerTokens }) => sum + questionTokens + answerTokens, 0);
}

function askedUpTo(exchanges: readonly ExchangeSize[], index: number): ExchangeSize[] {
  const last = exchanges[index];
  return [...exchanges.slice(0, index), ...(last === undefined ? [] : [{ ...last, answerTokens: 0 }])];
}

test('what fits easily is read whole, with notes or without', () => {
  fc.assert(
    fc.property(asked, boundaries, (exchanges, notes) => {
      expect(planLayout(exchanges, notes, 2 * sizeFrom(exchanges, 0))).toEqual({ boundary: undefined, start: 0 });
    }),
  );
});

test('what is read fits, and the last question is always read', () => {
  fc.assert(
    fc.property(asked, boundaries, budget, (exchanges, notes, budgetTokens) => {
      const { boundary, start } = planLayout(exchanges, notes, budgetTokens);
      expect(start).toBeLessThan(exchanges.length);
      const read = boundary === undefined ? 0 : (notes[boundary]?.notesTokens ?? 0);
      expect(sizeFrom(exchanges, start) + read).toBeLessThanOrEqual(budgetTokens);
    }),
  );
});

test('an exchange in full is never in the notes as well', () => {
  fc.assert(
    fc.property(asked, boundaries, budget, (exchanges, notes, budgetTokens) => {
      const { boundary, start } = planLayout(exchanges, notes, budgetTokens);
      if (boundary !== undefined) expect(notes[boundary]?.at).toBeLessThanOrEqual(start);
    }),
  );
});

test('a question too long for the budget is read alone, without notes', () => {
  const exchanges = [
    { questionTokens: 10, answerTokens: 10 },
    { questionTokens: 500, answerTokens: 0 },
  ];
  expect(planLayout(exchanges, [{ at: 1, notesTokens: 5, ready: true }], 100)).toEqual({
    boundary: undefined,
    start: 1,
  });
});

test('the window only ever moves forward as a conversation grows', () => {
  fc.assert(
    fc.property(asked, boundaries, budget, (exchanges, notes, budgetTokens) => {
      const starts = exchanges.map((_, index) => planLayout(askedUpTo(exchanges, index), notes, budgetTokens).start);
      expect(starts).toEqual(starts.toSorted((left, right) => left - right));
    }),
  );
});

describe('what is read first', () => {
  const small = fc.record({ questionTokens: fc.integer({ min: 1, max: 50 }), answerTokens: fc.nat(50) });

  test('changes rarely: more than a third of the room is filled again before the next cut', () => {
    fc.assert(
      fc.property(fc.array(small, { minLength: 20, maxLength: 200 }), (exchanges) => {
        const budgetTokens = 1000;
        let previous = 0;
        let sinceCut = Infinity;
        for (const [index, { questionTokens, answerTokens }] of exchanges.entries()) {
          const { start } = planLayout(askedUpTo(exchanges, index), [], budgetTokens);
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

  test('stays as it is when notes are made that nobody has read ahead, until something must go', () => {
    fc.assert(
      fc.property(asked, boundaries, budget, (exchanges, notes, budgetTokens) => {
        fc.pre(sizeFrom(exchanges, 0) <= budgetTokens);
        const unread = notes.map((boundary) => ({ ...boundary, ready: false }));
        expect(planLayout(exchanges, unread, budgetTokens)).toEqual(planLayout(exchanges, [], budgetTokens));
      }),
    );
  });

  test('is taken from notes that were not read ahead rather than left out', () => {
    const exchanges = Array.from({ length: 12 }, () => ({ questionTokens: 50, answerTokens: 50 }));
    const notes = [{ at: 6, notesTokens: 40, ready: false }];
    expect(planLayout(exchanges, notes, 1000)).toEqual({ boundary: 0, start: 6 });
  });

  test('is the notes as soon as they are read ahead and much is old', () => {
    const exchanges = Array.from({ length: 8 }, () => ({ questionTokens: 50, answerTokens: 50 }));
    const notes = [{ at: 4, notesTokens: 40, ready: true }];
    expect(planLayout(exchanges, notes, 1000)).toEqual({ boundary: 0, start: 4 });
    expect(planLayout(exchanges.slice(0, 6), notes, 1000)).toEqual({ boundary: undefined, start: 0 });
  });
});
