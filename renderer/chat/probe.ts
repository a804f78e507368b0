import type { DeltaEvent, ThreadState } from './thread-state.ts';

/**
 * What a benchmark is told when it has put a function at `globalThis.__clawdbotProbe`. Every delta is reported once
 * as `delta`, after the state that holds it was set; the one that begins a text is reported as `firstWord` as well.
 * All times are epoch milliseconds with fractions: `sentAtMs` is the core's, `appliedAtMs` this window's.
 */
export interface ProbeMark {
  readonly kind: 'delta' | 'firstWord';
  readonly messageId: string;
  readonly sentAtMs: number;
  readonly appliedAtMs: number;
}

declare global {
  var __clawdbotProbe: ((mark: ProbeMark) => void) | undefined;
}

export function reportDeltas(before: ThreadState, deltas: readonly DeltaEvent[]): void {
  const probe = globalThis.__clawdbotProbe;
  if (probe === undefined) return;
  const appliedAtMs = performance.timeOrigin + performance.now();
  for (const { messageId, offset, sentAtMs } of deltas) {
    const known = before.messages.findLast((message) => message.id === messageId);
    if (offset === 0 && (known === undefined || known.text === '')) {
      probe({ kind: 'firstWord', messageId, sentAtMs, appliedAtMs });
    }
    probe({ kind: 'delta', messageId, sentAtMs, appliedAtMs });
  }
}
