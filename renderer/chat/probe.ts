import type { DeltaEvent, ThreadState } from './thread-state.ts';

/**
 * What a benchmark is told when it has put a function at `globalThis.__clawdbotProbe`. Every delta is reported once
 * as `delta`, after the state that holds it was set; the one that begins a text is reported as `firstWord` as well.
 * All times are epoch milliseconds with fractions: `sentAtMs` is the core's; `receivedAtMs`, when it arrived in this
 * window, and `appliedAtMs`, when the frame it waited for took it in, are the window's.
 */
export interface ProbeMark {
  readonly kind: 'delta' | 'firstWord';
  readonly messageId: string;
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
  readonly appliedAtMs: number;
}

declare global {
  var __clawdbotProbe: ((mark: ProbeMark) => void) | undefined;
}

const arrivals = new WeakMap<object, number>();

/** Remembers when an event came, while somebody measures. */
export function noteArrival(event: object): void {
  if (globalThis.__clawdbotProbe !== undefined) arrivals.set(event, performance.timeOrigin + performance.now());
}

export function reportDeltas(before: ThreadState, deltas: readonly DeltaEvent[]): void {
  const probe = globalThis.__clawdbotProbe;
  if (probe === undefined) return;
  const appliedAtMs = performance.timeOrigin + performance.now();
  for (const delta of deltas) {
    const { messageId, offset, sentAtMs } = delta;
    const receivedAtMs = arrivals.get(delta) ?? appliedAtMs;
    const known = before.messages.findLast((message) => message.id === messageId);
    if (offset === 0 && (known === undefined || known.text === '')) {
      probe({ kind: 'firstWord', messageId, sentAtMs, receivedAtMs, appliedAtMs });
    }
    probe({ kind: 'delta', messageId, sentAtMs, receivedAtMs, appliedAtMs });
  }
}
