import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDraftPayoff, createPlainCost } from '../../../../electron/engine/host/native/draft-payoff.ts';

/** Runs so many steps and counts those in which something was guessed. */
function run(steps: number, cost: (step: number) => { plainMs: number; guessedMs: number; gained: number }) {
  const plain = createPlainCost();
  const payoff = createDraftPayoff(plain);
  let guessed = 0;
  let elapsedMs = 0;
  let words = 0;
  for (let step = 0; step < steps; step += 1) {
    const { plainMs, guessedMs, gained } = cost(step);
    if (payoff.tries()) {
      guessed += 1;
      payoff.noteGuessed(guessedMs, gained);
      elapsedMs += guessedMs;
      words += gained;
    } else {
      payoff.notePlain(plainMs);
      elapsedMs += plainMs;
      words += 1;
    }
  }
  return { guessed, elapsedMs, words, plain };
}

describe('guessing ahead', () => {
  test('begins when it is known what a plain step costs', () => {
    const plain = createPlainCost();
    const first = createDraftPayoff(plain);
    expect(first.tries()).toBe(false);
    first.notePlain(10);
    first.notePlain(12);
    expect(first.tries()).toBe(true);
    // The next answer of the same model knows it already.
    expect(createDraftPayoff(plain).tries()).toBe(true);
  });

  test('goes on nearly always while its words come sooner', () => {
    const { guessed } = run(500, () => ({ plainMs: 100, guessedMs: 160, gained: 4 }));
    expect(guessed).toBeGreaterThan(450);
  });

  test('is given up when it does not pay, and tried ever more rarely', () => {
    const early = run(100, () => ({ plainMs: 100, guessedMs: 160, gained: 1 }));
    const late = run(2000, () => ({ plainMs: 100, guessedMs: 160, gained: 1 }));
    expect(early.guessed).toBeLessThan(20);
    expect(late.guessed).toBeLessThan(40);
    expect(late.guessed).toBeGreaterThan(early.guessed);
  });

  test('comes back when the text becomes one that can be guessed', () => {
    const { guessed } = run(400, (step) => ({ plainMs: 100, guessedMs: 150, gained: step < 100 ? 1 : 5 }));
    expect(guessed).toBeGreaterThan(150);
  });

  test('never costs much, whatever steps cost and bring', () => {
    const anyStep = fc.record({
      plainMs: fc.constant(100),
      guessedMs: fc.integer({ min: 50, max: 400 }),
      gained: fc.constant(1),
    });
    fc.assert(
      fc.property(anyStep, (step) => {
        const { elapsedMs, words } = run(1000, () => step);
        expect(elapsedMs).toBeLessThan(words * 100 * 1.12);
      }),
    );
  });
});
