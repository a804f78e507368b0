import { chooseLane } from './choose-lane.ts';
import type { LlamaFunctions } from './llama-functions.ts';
import type { Pointer } from './llama-structs.ts';

/** A sequence of the context and the tokens that it holds there. */
export interface Lane {
  readonly sequence: number;
  tokens: number[];
  lastUsedMs: number;
  taken: boolean;
}

export interface Lanes {
  /** A lane that begins with as much of the prompt as is known anywhere, but never all of it; undefined when all are taken. */
  take(prompt: readonly number[]): Lane | undefined;
  give(lane: Lane): void;
  /** Keeps the first `tokens` only; what lies behind them may be unknown. */
  cut(lane: Lane, tokens: number): void;
  /** Forgets the lane that nobody has used for the longest time; false when none is left to forget. */
  forgetOldest(): boolean;
}

/** All lanes share the cells of one context: what several of them begin with is kept once. */
export function createLanes(functions: LlamaFunctions, memory: Pointer, count: number): Lanes {
  const lanes: Lane[] = Array.from({ length: count }, (_, sequence) => ({
    sequence,
    tokens: [],
    lastUsedMs: 0,
    taken: false,
  }));

  const cut = (lane: Lane, tokens: number): void => {
    // Some memories cannot forget a part; then the lane begins anew.
    const kept = tokens > 0 && functions.forget(memory, lane.sequence, tokens, -1) ? tokens : 0;
    if (kept === 0) functions.forget(memory, lane.sequence, -1, -1);
    lane.tokens.length = kept;
  };

  return {
    take(prompt) {
      const free = lanes.filter((lane) => !lane.taken);
      const states = free.map((lane) => ({
        commonTokens: commonStart(lane.tokens, prompt),
        lengthTokens: lane.tokens.length,
        lastUsedMs: lane.lastUsedMs,
      }));
      const lane = free[chooseLane(states) ?? -1];
      if (!lane) return undefined;
      lane.taken = true;
      const own = commonStart(lane.tokens, prompt);
      let best = { lane, common: own };
      for (const other of lanes) {
        const common = commonStart(other.tokens, prompt);
        if (common > best.common) best = { lane: other, common };
      }
      if (best.lane === lane) {
        if (own < lane.tokens.length) cut(lane, own);
        return lane;
      }
      cut(lane, 0);
      functions.copySequence(memory, best.lane.sequence, lane.sequence, 0, best.common);
      lane.tokens = best.lane.tokens.slice(0, best.common);
      return lane;
    },
    give(lane) {
      lane.taken = false;
      lane.lastUsedMs = performance.now();
    },
    cut,
    forgetOldest() {
      const [oldest] = lanes
        .filter((lane) => !lane.taken && lane.tokens.length > 0)
        .toSorted((a, b) => a.lastUsedMs - b.lastUsedMs);
      if (oldest) cut(oldest, 0);
      return oldest !== undefined;
    },
  };
}

/** Tokens from the start that need not be read again; at least one is left, for there is no answer without reading. */
function commonStart(held: readonly number[], prompt: readonly number[]): number {
  const most = Math.min(held.length, prompt.length - 1);
  let common = 0;
  while (common < most && held[common] === prompt[common]) common += 1;
  return Math.max(common, 0);
}
