import type { Token } from 'node-llama-cpp';
import { createDraftPayoff } from './draft-payoff.ts';
import type { Drafter } from './drafter.ts';
import { proposeTokens } from './propose-tokens.ts';

/** The most tokens that are checked beside a certain one. */
export const mostDrafted = 8;
const firstDrafted = 3;

/** Proposes the next tokens of one answer, more of them the better that went. */
export interface Drafting {
  propose(tokens: readonly Token[], mostTokens: number): Token[] | Promise<Token[]>;
  /** A step in which it was asked has ended. */
  note(step: DraftedStep): void;
  /** What `propose` calculates is of no use any more. */
  breakOff(): void;
}

export interface DraftedStep {
  readonly proposed: number;
  /** How many of the proposed tokens were right. */
  readonly right: number;
  /** Without the time that `propose` took. */
  readonly elapsedMs: number;
}

interface Length {
  readonly tokens: number;
  note(proposed: number, right: number): void;
}

function createLength(): Length {
  let length = firstDrafted;
  return {
    get tokens() {
      return Math.floor(length);
    },
    note(proposed, right) {
      if (proposed === 0) return;
      // A wrong one costs little each time; after a row of them one is still tried, so that quotes are noticed.
      length = right === proposed ? Math.min(mostDrafted, length + 2) : Math.max(1, (length + right) / 2);
    },
  };
}

export interface LookupDrafting extends Drafting {
  propose(tokens: readonly Token[], mostTokens: number): Token[];
}

/** Guesses what followed the same words before. */
export function createLookupDrafting(): LookupDrafting {
  const length = createLength();
  return {
    propose: (tokens, mostTokens) => proposeTokens(tokens, Math.min(length.tokens, mostTokens)),
    note: ({ proposed, right }) => length.note(proposed, right),
    breakOff: () => undefined,
  };
}

/**
 * Guesses what a smaller model would say, as long as that pays (speculative decoding, Leviathan et al. 2023; a guess
 * counts only when the model's own choice is the same, so nothing has to be corrected).
 */
export function createModelDrafting(drafter: Drafter, promptTokens: number): Drafting {
  const length = createLength();
  const payoff = createDraftPayoff(drafter.plainCost);
  /** What the last `propose` did, and how long it took when it guessed. */
  let last: 'nothing' | 'plain' | { readonly guessingMs: number } = 'nothing';
  return {
    async propose(tokens, mostTokens) {
      last = 'nothing';
      // The first word is not made to wait.
      if (tokens.length <= promptTokens || mostTokens <= 0) return [];
      last = 'plain';
      if (!payoff.tries() || !(await drafter.follow(tokens, drafter.plainCost.elapsedMs ?? 0))) return [];
      const beganMs = performance.now();
      const guesses = await drafter.guess(tokens, Math.min(length.tokens, mostTokens));
      last = { guessingMs: performance.now() - beganMs };
      return guesses;
    },
    note({ proposed, right, elapsedMs }) {
      if (last === 'plain') payoff.notePlain(elapsedMs);
      if (typeof last !== 'object') return;
      payoff.noteGuessed(elapsedMs + last.guessingMs, right + 1);
      length.note(proposed, right);
    },
    breakOff: () => drafter.breakOff(),
  };
}
