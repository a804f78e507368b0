import type { StepLimits } from './plan-step.ts';

export interface PaceOptions {
  readonly batchTokens: number;
  /** Whether a calculation can be broken off in its middle; otherwise each must be short. */
  readonly breakable: boolean;
}

/** How quick a model is here, learnt from what its calculations took. */
export interface Pace {
  limits(): StepLimits;
  /** No calculation takes more tokens than this, nor more than the batch has room for. */
  limit(tokens: number): void;
  /** What a calculation of so many tokens is likely to take; infinite before the first. */
  expectedMs(tokens: number): number;
  note(tokens: number, elapsedMs: number): void;
}

/** Long enough to be as good as a full batch, short enough to show progress and to let others in. */
const aloneMs = 1600;
/** Others are writing: their words may be held up by this much. */
const besideMs = 80;
const fewestAlone = 32;
/** A short question is better read at once than dragged through many calculations. */
const fewestBeside = 16;
const firstTokens = 32;
/** Below this the fixed cost of a calculation outweighs that of its tokens. */
const readingTokens = 16;
const newestShare = 0.3;

export function createPace({ batchTokens: mostTokens, breakable }: PaceOptions): Pace {
  let batchTokens = mostTokens;
  let perTokenMs: number | undefined;
  let stepMs: number | undefined;
  let largest = firstTokens / 2;

  const fitting = (targetMs: number, fewest: number): number => {
    if (perTokenMs === undefined) return Math.min(firstTokens, batchTokens);
    // Not more than twice as many as ever before: the first ones may have been a warm-up.
    const tokens = Math.min(Math.floor(targetMs / perTokenMs), largest * 2);
    return Math.max(1, Math.min(Math.max(tokens, fewest), batchTokens));
  };
  const blend = (known: number | undefined, value: number): number =>
    known === undefined ? value : known + (value - known) * newestShare;

  return {
    limits: () => ({
      batchTokens,
      aloneTokens: fitting(breakable ? aloneMs : besideMs, fewestAlone),
      besideTokens: fitting(besideMs, fewestBeside),
    }),
    limit(tokens) {
      batchTokens = Math.max(1, Math.min(tokens, mostTokens));
    },
    expectedMs(tokens) {
      if (tokens < readingTokens) return stepMs ?? Infinity;
      return perTokenMs === undefined ? Infinity : Math.max(stepMs ?? 0, perTokenMs * tokens);
    },
    note(tokens, elapsedMs) {
      if (tokens < readingTokens) {
        stepMs = blend(stepMs, elapsedMs);
        return;
      }
      perTokenMs = blend(perTokenMs, elapsedMs / tokens);
      largest = Math.max(largest, tokens);
    },
  };
}
