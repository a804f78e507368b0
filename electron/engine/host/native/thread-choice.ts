export interface ThreadSample {
  readonly threads: number;
  readonly tokens: number;
  readonly elapsedMs: number;
  /** How often a thread of this process was pushed off its core meanwhile. */
  readonly interruptions: number;
}

/**
 * How many threads calculate. Threads wait for each other actively several hundred times a token; when other programs
 * push one of them off its core, all of them wait, and two threads become many times slower than one.
 */
export interface ThreadChoice {
  next(): number;
  note(sample: ThreadSample): void;
}

/** A calculation that is left alone is pushed off its core a few times a second at most. */
const disturbedPerSecond = 20;
const fewestInterruptions = 3;
/** Disturbed for this long, fewer threads are tried. */
const patienceMs = 250;
const firstHoldMs = 2000;
const longestHoldMs = 60_000;
/** Having all threads again must be worth it. */
const worthwhile = 0.9;
/** Below this a calculation is writing: its cost does not grow much with its tokens. */
const readingTokens = 16;
const newestShare = 0.3;

type Phase =
  | { readonly kind: 'all' }
  /** Trying fewer threads, because all of them are disturbed. */
  | { readonly kind: 'trying' }
  /** Fewer are better for now; all are tried again at `until`. */
  | { readonly kind: 'fewer'; readonly until: number }
  /** Trying all of them again, for one calculation. */
  | { readonly kind: 'returning' }
  /** Fewer were no better; nothing is tried until `until`. */
  | { readonly kind: 'settled'; readonly until: number };

/** `now` in milliseconds, from any start. */
export function createThreadChoice(all: number, now: () => number): ThreadChoice {
  const fewer = Math.max(1, Math.floor(all / 2));
  let phase: Phase = { kind: 'all' };
  let holdMs = firstHoldMs;
  let disturbedMs = 0;
  /** What a calculation costs with all threads while they are disturbed, and with fewer; by whether it reads. */
  const allCosts = new Map<boolean, number>();
  const fewerCosts = new Map<boolean, number>();

  const cost = ({ tokens, elapsedMs }: ThreadSample): number =>
    elapsedMs / (tokens < readingTokens ? tokens + 1 : tokens);
  const reads = ({ tokens }: ThreadSample): boolean => tokens >= readingTokens;
  const learn = (costs: Map<boolean, number>, sample: ThreadSample): void => {
    const known = costs.get(reads(sample)) ?? cost(sample);
    costs.set(reads(sample), known + (cost(sample) - known) * newestShare);
  };
  const hold = (kind: 'fewer' | 'settled', durationMs: number): void => {
    holdMs = Math.min(durationMs, longestHoldMs);
    phase = { kind, until: now() + holdMs };
  };

  const noteAll = (sample: ThreadSample): void => {
    const perSecond = (sample.interruptions * 1000) / Math.max(sample.elapsedMs, 1);
    const isDisturbed = sample.interruptions >= fewestInterruptions && perSecond > disturbedPerSecond;
    if (!isDisturbed) {
      disturbedMs = 0;
      allCosts.clear();
      return;
    }
    disturbedMs += sample.elapsedMs;
    learn(allCosts, sample);
    if (disturbedMs < patienceMs) return;
    disturbedMs = 0;
    phase = { kind: 'trying' };
  };

  return {
    next() {
      if (phase.kind === 'fewer' && now() >= phase.until) phase = { kind: 'returning' };
      if (phase.kind === 'settled' && now() >= phase.until) phase = { kind: 'all' };
      switch (phase.kind) {
        case 'all':
        case 'settled':
        case 'returning':
          return all;
        case 'trying':
        case 'fewer':
          return fewer;
      }
    },
    note(sample) {
      if (fewer === all) return;
      if (sample.threads === fewer) learn(fewerCosts, sample);
      switch (phase.kind) {
        case 'all':
          return noteAll(sample);
        case 'settled':
        case 'fewer':
          return;
        case 'trying': {
          const before = allCosts.get(reads(sample));
          // Reading and writing cannot be compared.
          if (before === undefined || sample.threads !== fewer) return;
          if (cost(sample) < before * worthwhile) hold('fewer', firstHoldMs);
          else hold('settled', holdMs * 2);
          return;
        }
        case 'returning': {
          const known = fewerCosts.get(reads(sample));
          if (known === undefined) return;
          if (cost(sample) > known * worthwhile) return hold('fewer', holdMs * 2);
          holdMs = firstHoldMs;
          allCosts.clear();
          phase = { kind: 'all' };
        }
      }
    },
  };
}
