import { chooseLane } from './choose-lane.ts';
import { longestPrefix } from './longest-prefix.ts';
import type { KvStates } from './kv-states.ts';
import type { LlamaFunctions } from './llama-functions.ts';
import type { Pointer } from './llama-structs.ts';
import type { Snapshots } from './snapshots.ts';

/** A sequence of the context and the tokens that it holds there. */
export interface Lane {
  readonly sequence: number;
  tokens: number[];
  owner: string | undefined;
  lastUsedMs: number;
  taken: boolean;
  /** So many of its tokens are in a snapshot. */
  savedTokens: number;
  /** Its owner was forgotten while it was being written: nothing of it is kept. */
  isForgotten: boolean;
}

export interface LanesOptions {
  readonly functions: LlamaFunctions;
  readonly memory: Pointer;
  readonly count: number;
  /** How far some layers look back that keep no more than that; undefined where all is kept. */
  readonly windowTokens: number | undefined;
  readonly states: KvStates;
  readonly snapshots: Snapshots;
}

/** Everything but `give` and the looks at it changes llama.cpp's memory: never during a calculation. */
export interface Lanes {
  /** Tokens of the lanes that nobody uses. */
  readonly restingTokens: number;
  /**
   * A lane that begins with as much of the prompt as is known anywhere, but never all of it; undefined when all are
   * taken.
   */
  take(prompt: readonly number[], owner: string | undefined): Promise<Lane | undefined>;
  give(lane: Lane): void;
  /** Keeps the first `tokens` only; what lies behind them may be unknown. */
  cut(lane: Lane, tokens: number): void;
  /** Forgets the lane that nobody has used for the longest time; false when none is left to forget. */
  forgetOldest(): boolean;
  /** Takes snapshots of what rests here and has none yet. */
  save(): Promise<void>;
  /** The same, then empties the lanes that nobody uses. What rests of this owner is not worth a snapshot any more. */
  clear(owner: string | undefined): Promise<void>;
  forget(owner: string): void;
}

/** Reading so few tokens again costs less than a snapshot. */
const fewTokens = 32;

/** All lanes share the cells of one context: what several of them begin with is kept once. */
export function createLanes(options: LanesOptions): Lanes {
  const { functions, memory, count, windowTokens, states, snapshots } = options;
  const lanes: Lane[] = Array.from({ length: count }, (_, sequence) => ({
    sequence,
    tokens: [],
    owner: undefined,
    lastUsedMs: 0,
    taken: false,
    savedTokens: 0,
    isForgotten: false,
  }));
  const resting = (): Lane[] => lanes.filter((lane) => !lane.taken && lane.tokens.length > 0);

  /** Whether what comes after so many tokens of a lane would see all that it has to look back at. */
  const isKnown = ({ sequence }: Lane, tokens: number): boolean =>
    windowTokens === undefined || functions.firstPosition(memory, sequence) <= Math.max(0, tokens - windowTokens + 1);
  const usable = (lane: Lane, tokens: number): number => (isKnown(lane, tokens) ? tokens : 0);

  const cut = (lane: Lane, tokens: number): void => {
    // Some memories cannot forget a part, or have forgotten too much; then the lane begins anew.
    const kept = usable(lane, tokens) > 0 && functions.forget(memory, lane.sequence, tokens, -1) ? tokens : 0;
    if (kept === 0) functions.forget(memory, lane.sequence, -1, -1);
    lane.tokens.length = kept;
    lane.savedTokens = Math.min(lane.savedTokens, kept);
  };

  const save = async (lane: Lane): Promise<void> => {
    if (lane.isForgotten || lane.tokens.length - lane.savedTokens < fewTokens) return;
    const { tokens, owner, sequence } = lane;
    const state = await states.save(sequence);
    if (!state) return;
    snapshots.keep(owner, tokens, state);
    lane.savedTokens = tokens.length;
  };

  const clear = async (owner: string | undefined): Promise<void> => {
    for (const lane of resting()) {
      if (owner === undefined || lane.owner !== owner) await save(lane);
      cut(lane, 0);
    }
  };

  /** The free lane for a prompt, emptied down to what it has in common with it. */
  const choose = async (prompt: readonly number[], owner: string | undefined): Promise<Lane | undefined> => {
    const free = lanes.filter((lane) => !lane.taken);
    const shared = free.map((lane) => usable(lane, knownStart(lane.tokens, prompt)));
    const index = chooseLane(
      free.map((lane, at) => ({
        commonTokens: shared[at] ?? 0,
        lengthTokens: lane.tokens.length,
        lastUsedMs: lane.lastUsedMs,
      })),
    );
    const lane = free[index ?? -1];
    if (!lane) return undefined;
    lane.taken = true;
    const common = shared[index ?? -1] ?? 0;
    if (lane.tokens.length - common >= fewTokens && (owner === undefined || lane.owner !== owner)) await save(lane);
    if (common < lane.tokens.length) cut(lane, common);
    return lane;
  };

  /** Copies what another lane has more of; that costs nothing. */
  const borrow = (lane: Lane, prompt: readonly number[]): void => {
    let best = { lane, common: lane.tokens.length };
    for (const other of lanes) {
      const common = usable(other, knownStart(other.tokens, prompt));
      if (common > best.common) best = { lane: other, common };
    }
    if (best.lane === lane) return;
    cut(lane, 0);
    functions.copySequence(memory, best.lane.sequence, lane.sequence, 0, best.common);
    lane.tokens = best.lane.tokens.slice(0, best.common);
  };

  const restore = async (lane: Lane, prompt: readonly number[]): Promise<void> => {
    const found = snapshots.find(prompt);
    const commonTokens = Math.min(found?.commonTokens ?? 0, prompt.length - 1);
    if (!found || commonTokens < lane.tokens.length + fewTokens) return;
    const state = await snapshots.read(found.snapshot);
    if (!state) return;
    cut(lane, 0);
    // It needs cells that lie together; there are some when nobody else rests here.
    let restored = await states.restore(lane.sequence, state);
    if (!restored) {
      await clear(lane.owner);
      restored = await states.restore(lane.sequence, state);
    }
    if (!restored) return cut(lane, 0);
    lane.tokens = [...found.snapshot.tokens];
    lane.savedTokens = lane.tokens.length;
    if (commonTokens < lane.tokens.length) cut(lane, commonTokens);
  };

  return {
    get restingTokens() {
      return resting().reduce((sum, { tokens }) => sum + tokens.length, 0);
    },
    async take(prompt, owner) {
      const lane = await choose(prompt, owner);
      if (!lane) return undefined;
      lane.owner = owner;
      lane.isForgotten = false;
      borrow(lane, prompt);
      await restore(lane, prompt);
      return lane;
    },
    give(lane) {
      lane.taken = false;
      lane.lastUsedMs = performance.now();
    },
    cut,
    forgetOldest() {
      const [oldest] = resting().toSorted((a, b) => a.lastUsedMs - b.lastUsedMs);
      if (oldest) cut(oldest, 0);
      return oldest !== undefined;
    },
    async save() {
      for (const lane of resting()) await save(lane);
    },
    clear,
    forget(owner) {
      snapshots.forget(owner);
      for (const lane of lanes.filter((other) => other.owner === owner)) {
        if (lane.taken) lane.isForgotten = true;
        else cut(lane, 0);
      }
    },
  };
}

/** Tokens from the start that need not be read again; at least one is left, for there is no answer without reading. */
function knownStart(held: readonly number[], prompt: readonly number[]): number {
  return Math.max(0, Math.min(longestPrefix(held, prompt), prompt.length - 1));
}
