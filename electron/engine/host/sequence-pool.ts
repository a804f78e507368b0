import type { LlamaContext, LlamaContextSequence, Token } from 'node-llama-cpp';
import { chooseSequence } from './choose-sequence.ts';

/** A sequence of a context, kept together with what it remembers between two answers. */
export interface Lane {
  sequence: LlamaContextSequence;
  lastUsedMs: number;
}

/** Gives each answer a sequence of its own; who comes when all are busy waits in line. */
export interface SequencePool {
  /** Undefined when the signal aborted while waiting. `onAhead` is told at first and whenever the line gets shorter. */
  take(tokens: Token[], signal: AbortSignal, onAhead: (ahead: number) => void): Promise<Lane | undefined>;
  give(lane: Lane): void;
  /** At most so many are taken at a time; those that are taken stay so. */
  limit(parallel: number): void;
  /** Puts an empty sequence in the place of one whose state is unknown after a failure. */
  renew(lane: Lane): Promise<void>;
}

interface Waiter {
  readonly tokens: Token[];
  readonly start: (lane: Lane) => void;
  readonly onAhead: (ahead: number) => void;
}

/** Checkpoints of models that cannot forget single tokens (sliding windows, recurrent states). */
const checkpoints = { max: 4, interval: false, maxMemory: 256 * 1024 * 1024 } as const;

export function createSequencePool(context: LlamaContext): SequencePool {
  const free: Lane[] = Array.from({ length: context.totalSequences }, () => ({
    sequence: openSequence(context),
    lastUsedMs: 0,
  }));
  const waiters: Waiter[] = [];
  let taken = 0;
  let most = context.totalSequences;

  const pick = (tokens: Token[]): Lane | undefined => {
    const states = free.map(({ sequence, lastUsedMs }) => ({
      commonTokens: commonTokens(sequence, tokens),
      lengthTokens: sequence.nextTokenIndex,
      lastUsedMs,
    }));
    taken += 1;
    return free.splice(chooseSequence(states, tokens.length), 1)[0];
  };

  const hasRoom = (): boolean => free.length > 0 && taken < most;
  const admit = (): void => {
    while (hasRoom()) {
      const next = waiters.shift();
      if (!next) return;
      const picked = pick(next.tokens);
      if (picked) next.start(picked);
      for (const [ahead, other] of waiters.entries()) other.onAhead(ahead);
    }
  };

  return {
    async take(tokens, signal, onAhead) {
      if (signal.aborted) return undefined;
      if (hasRoom()) return pick(tokens);
      const waited = Promise.withResolvers<Lane | undefined>();
      const waiter: Waiter = { tokens, start: waited.resolve, onAhead };
      const leave = (): void => {
        const index = waiters.indexOf(waiter);
        if (index < 0) return;
        waiters.splice(index, 1);
        for (const [ahead, other] of waiters.entries()) if (ahead >= index) other.onAhead(ahead);
        waited.resolve(undefined);
      };
      waiters.push(waiter);
      onAhead(waiters.length - 1);
      signal.addEventListener('abort', leave, { once: true });
      return waited.promise.finally(() => signal.removeEventListener('abort', leave));
    },
    give(lane) {
      lane.lastUsedMs = performance.now();
      taken -= 1;
      free.push(lane);
      admit();
    },
    limit(parallel) {
      most = Math.max(1, parallel);
      admit();
    },
    async renew(lane) {
      await lane.sequence.dispose();
      lane.sequence = openSequence(context);
    },
  };
}

/** How many tokens from the start need not be read again. At least one is left, for there is no answer without reading. */
export function commonTokens(sequence: LlamaContextSequence, tokens: Token[]): number {
  const same = sequence.compareContextTokens(tokens).firstDifferentIndex;
  return Math.max(0, Math.min(same, tokens.length - 1));
}

function openSequence(context: LlamaContext): LlamaContextSequence {
  return context.getSequence({
    checkpoints,
    contextShift: {
      size: 1,
      strategy: () => {
        throw new Error('The context is full; an answer must end before that.');
      },
    },
  });
}
