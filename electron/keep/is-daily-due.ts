import type { SnapshotRecord } from '../store/store.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** Whether a day has passed since the last daily one; a clock set back counts as a day. */
export function isDailyDue(snapshots: readonly SnapshotRecord[], nowMs: number): boolean {
  const [newest] = snapshots.filter(({ reason }) => reason === 'daily').toSorted((a, b) => b.sequence - a.sequence);
  if (newest === undefined) return true;
  return nowMs < newest.madeAtMs || nowMs - newest.madeAtMs >= dayMs;
}
