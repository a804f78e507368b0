/** A bucket of attempts that fills again with time. */
export interface AttemptLimit {
  /** Null when an attempt may be made, otherwise the milliseconds until the next one. */
  waitMs(): number | null;
  /** Counts one failed attempt. */
  failed(): void;
}

export function createAttemptLimit(attempts: number, refillMs: number, now: () => number): AttemptLimit {
  let left = attempts;
  let countedAtMs = now();
  const refill = () => {
    const elapsedMs = now() - countedAtMs;
    // A clock that was set back must not lock anybody out.
    left = elapsedMs < 0 ? left : Math.min(attempts, left + elapsedMs / refillMs);
    countedAtMs = now();
  };
  return {
    waitMs() {
      refill();
      return left >= 1 ? null : Math.ceil((1 - left) * refillMs);
    },
    failed() {
      refill();
      left = Math.max(0, left - 1);
    },
  };
}
