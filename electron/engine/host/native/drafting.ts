import type { Token } from 'node-llama-cpp';
import { proposeTokens } from './propose-tokens.ts';

/** The most tokens that are checked beside a certain one. */
export const mostDrafted = 8;
const firstDrafted = 3;

/** Proposes the next tokens of one answer, more of them the better that went. */
export interface Drafting {
  propose(tokens: readonly Token[], mostTokens: number): Token[];
  /** How many of the proposed tokens were right. */
  note(proposed: number, right: number): void;
}

export function createDrafting(): Drafting {
  let length = firstDrafted;
  return {
    propose: (tokens, mostTokens) => proposeTokens(tokens, Math.min(Math.floor(length), mostTokens)),
    note(proposed, right) {
      if (proposed === 0) return;
      // A wrong one costs little each time; after a row of them one is still tried, so that quotes are noticed.
      length = right === proposed ? Math.min(mostDrafted, length + 2) : Math.max(1, (length + right) / 2);
    },
  };
}
