import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLookupDrafting, mostDrafted } from '../../../../electron/engine/host/native/drafting.ts';
import { proposeTokens } from '../../../../electron/engine/host/native/propose-tokens.ts';

describe('the next tokens', () => {
  test('are those that followed the same end before', () => {
    expect(proposeTokens([1, 2, 3, 4, 5, 9, 1, 2, 3], 4)).toEqual([4, 5, 9, 1]);
    expect(proposeTokens([1, 2, 3, 4, 5, 9, 1, 2, 3], 1)).toEqual([4]);
  });

  test('are those of the longest end, and among equals of the newest', () => {
    expect(proposeTokens([7, 1, 2, 8, 5, 1, 2, 9, 7, 1, 2], 1)).toEqual([8]);
    expect(proposeTokens([1, 2, 8, 5, 1, 2, 9, 3, 1, 2], 1)).toEqual([9]);
  });

  test('are unknown where the end is new, or one token alone', () => {
    expect(proposeTokens([1, 2, 3, 4], 4)).toEqual([]);
    expect(proposeTokens([5, 1, 6, 2, 5], 4)).toEqual([]);
    expect(proposeTokens([], 4)).toEqual([]);
    expect(proposeTokens([1, 2, 1, 2], 0)).toEqual([]);
  });

  test('always stand in the conversation after the same two tokens', () => {
    const tokens = fc.array(fc.nat(3), { maxLength: 60 });
    fc.assert(
      fc.property(tokens, fc.nat(8), (all, most) => {
        const proposed = proposeTokens(all, most);
        expect(proposed.length).toBeLessThanOrEqual(most);
        if (proposed.length === 0) return;
        const wanted = [...all.slice(-2), ...proposed].join();
        const places = [...all.keys()].filter((at) => all.slice(at, at + 2 + proposed.length).join() === wanted);
        expect(places.length).toBeGreaterThan(0);
      }),
    );
  });

  /** A model as a function: what it says next depends on all that was said. */
  const write = (prompt: readonly number[], model: (tokens: readonly number[]) => number, guessing: boolean) => {
    const tokens = [...prompt];
    const drafting = createLookupDrafting();
    let steps = 0;
    while (tokens.length < prompt.length + 40) {
      steps += 1;
      // A model of numbers that stands for tokens.
      const drafted = guessing ? proposeTokens(tokens, mostDrafted) : [];
      tokens.push(model(tokens));
      let right = 0;
      while (right < drafted.length && drafted[right] === tokens.at(-1)) {
        right += 1;
        tokens.push(model(tokens));
      }
      drafting.note({ proposed: drafted.length, right, elapsedMs: 0 });
    }
    return { tokens: tokens.slice(0, prompt.length + 40), steps };
  };

  test('change nothing of what a model says, and take no more steps', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { maxLength: 40 }), fc.integer({ min: 1, max: 1000 }), (prompt, seed) => {
        const model = (tokens: readonly number[]): number =>
          ((tokens.at(-1) ?? 0) * 7 + (tokens.at(-2) ?? 0) * 3 + (tokens.length % 11 === 0 ? seed : 1)) % 5;
        const plain = write(prompt, model, false);
        const guessed = write(prompt, model, true);
        expect(guessed.tokens).toEqual(plain.tokens);
        expect(guessed.steps).toBeLessThanOrEqual(plain.steps);
      }),
    );
  });
});

test('more is guessed the better it goes, and never nothing', () => {
  const drafting = createLookupDrafting();
  const period = Array.from({ length: 60 }, (_, index) => index % 20);
  // Numbers stand for tokens.
  const guess = (): number => drafting.propose(asTokens(period), 100).length;
  const first = guess();
  for (let round = 0; round < 10; round += 1) drafting.note({ proposed: guess(), right: guess(), elapsedMs: 0 });
  expect(guess()).toBe(mostDrafted);
  for (let round = 0; round < 10; round += 1) drafting.note({ proposed: guess(), right: 0, elapsedMs: 0 });
  expect(guess()).toBe(1);
  expect(first).toBeGreaterThan(1);
});

type Tokens = Parameters<ReturnType<typeof createLookupDrafting>['propose']>[0];

function asTokens(values: readonly number[]): Tokens {
  return values.filter(isToken);
}

function isToken(value: number): value is Tokens[number] {
  return value >= 0;
}
