/** What a step costs that brings one word; known to all answers of a model. */
export interface PlainCost {
  /** Undefined before the first. */
  readonly elapsedMs: number | undefined;
  note(elapsedMs: number): void;
}

/**
 * Whether guessing ahead is worth what it costs, from what steps took. It is tried for a few steps, goes on while its
 * words come sooner than plain ones, and rests ever longer when they do not.
 */
export interface DraftPayoff {
  tries(): boolean;
  notePlain(elapsedMs: number): void;
  /** `gained` words came of one step, from 1. */
  noteGuessed(elapsedMs: number, gained: number): void;
}

const newestShare = 0.3;
/** One step alone may be slow because of something else. */
const plainSteps = 2;
const trialSteps = 4;
/** After so many guessed steps the plain ones are measured again: a conversation that grows makes them slower. */
const trustedSteps = 32;
const firstRestSteps = 16;
const longestRestSteps = 1024;

export function createPlainCost(): PlainCost {
  let known: number | undefined;
  return {
    get elapsedMs() {
      return known;
    },
    note(elapsedMs) {
      known = blend(known, elapsedMs);
    },
  };
}

export function createDraftPayoff(plain: PlainCost): DraftPayoff {
  let plainLeft = plain.elapsedMs === undefined ? plainSteps : 0;
  let guessedSteps = 0;
  let stepMs: number | undefined;
  let words: number | undefined;
  let nextRestSteps = firstRestSteps;

  const begin = (plainStepsFirst: number): void => {
    plainLeft = plainStepsFirst;
    guessedSteps = 0;
    stepMs = undefined;
    words = undefined;
  };

  return {
    tries: () => plainLeft === 0,
    notePlain(elapsedMs) {
      plain.note(elapsedMs);
      plainLeft = Math.max(0, plainLeft - 1);
    },
    noteGuessed(elapsedMs, gained) {
      guessedSteps += 1;
      stepMs = blend(stepMs, elapsedMs);
      words = blend(words, gained);
      if (guessedSteps < trialSteps) return;
      if (stepMs / words > (plain.elapsedMs ?? Infinity)) {
        begin(nextRestSteps);
        nextRestSteps = Math.min(nextRestSteps * 2, longestRestSteps);
      } else if (guessedSteps >= trustedSteps) {
        begin(plainSteps);
        nextRestSteps = firstRestSteps;
      }
    },
  };
}

function blend(known: number | undefined, value: number): number {
  return known === undefined ? value : known + (value - known) * newestShare;
}
