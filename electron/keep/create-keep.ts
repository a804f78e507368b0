import { z } from 'zod';

import { repairSchema } from '../../shared/contract/data.ts';
import type { DataStatus, Repair } from '../../shared/contract/index.ts';
import { createAsyncQueue } from '../lib/async-queue.ts';
import { createEmitter } from '../lib/emitter.ts';
import type { Clock, Log } from '../ports.ts';
import type { Notes, SnapshotFiles, Store } from '../store/store.ts';
import { binLifeMs, createBin } from './bin.ts';
import { isDailyDue } from './is-daily-due.ts';
import type { Keep } from './keep.ts';
import { createSnapshots } from './snapshots.ts';
import { createSweeper } from './sweeper.ts';

export interface KeepServices {
  readonly store: Store;
  readonly notes: Notes;
  readonly snapshotFiles: SnapshotFiles;
  /** What the start had to repair. */
  readonly repair: Repair | null;
  /** The database should be read from end to end soon. */
  readonly wantsCheck: boolean;
  readonly databaseBytes: () => number;
  /** Throws when something is being written that a restore would cut off. */
  readonly requireQuiet: () => void;
  /** Rows may have been deleted for good: what lies beside the database and belongs to none of them can go. */
  readonly onPurged: () => void;
  /** Another database is in place: whatever is shown is to be read again. */
  readonly onRestored: () => void;
  readonly clock: Clock;
  /** The bin's own; see bin-clock.ts. */
  readonly binClock: Clock;
  readonly log: Log;
  /** How long after the start the first snapshot may be made. Default: two minutes. */
  readonly settleMs?: number;
}

const hourMs = 60 * 60 * 1000;
/** Files that stand above the message field without being sent. */
const unsentLifeMs = 24 * hourMs;
const repairNote = 'repair';

export function createKeep(services: KeepServices): Keep {
  const { store, notes, snapshotFiles, clock, binClock, log, settleMs = 120_000 } = services;
  const changed = createEmitter<void>();
  const sweeper = createSweeper(
    { sweep: () => store.bin.sweep() || store.collections.sweep() },
    services.onPurged,
    log,
  );
  if (services.repair !== null) notes.write(repairNote, services.repair);
  let repair = z.nullable(repairSchema).safeParse(notes.read(repairNote)).data ?? null;

  /** Not worth refusing to start: old things can go next time. */
  const tidyUp = (): void => {
    try {
      const nowMs = binClock.now();
      store.bin.clampFuture(nowMs);
      const oldestMs = nowMs - binLifeMs;
      const files = store.documents.purge(oldestMs) + store.documents.purgeUnsent(nowMs - unsentLifeMs);
      const rows = store.bin.condemnOlder(oldestMs) + files;
      if (rows > 0) log.info({ rows }, 'what was deleted 30 days ago, or never sent, is gone');
      sweeper.start();
    } catch (error) {
      log.error({ err: error }, 'the bin could not be tidied up');
    }
  };
  tidyUp();

  const snapshots = createSnapshots({
    files: snapshotFiles,
    clock,
    log,
    onChange: () => changed.emit(),
    requireQuiet: services.requireQuiet,
    onRestored() {
      store.journal.recover();
      tidyUp();
      services.onRestored();
    },
  });

  let wantsCheck = services.wantsCheck;
  const lookAfter = (): void => {
    tidyUp();
    if (!isDailyDue(snapshotFiles.list(), clock.now()) && !wantsCheck) return;
    wantsCheck = false;
    // It has been logged and is shown; the next hour tries again.
    snapshots.take('daily').catch(() => undefined);
  };
  const first = setTimeout(lookAfter, settleMs);
  const hourly = setInterval(lookAfter, hourMs);
  first.unref();
  hourly.unref();

  const status = (): DataStatus => ({
    databaseBytes: services.databaseBytes(),
    health: snapshots.health,
    snapshots: snapshots.list(),
    snapshotBusy: snapshots.busy,
    snapshotFailure:
      snapshots.failure === null
        ? null
        : { code: snapshots.failure.code, message: snapshots.failure.message, data: { ...snapshots.failure.data } },
    repair,
  });

  return {
    ...createBin(store, binClock, sweeper),
    hold: () => sweeper.hold(),
    watch(signal) {
      const queue = createAsyncQueue<DataStatus>({ signal, capacity: 1, whenFull: 'dropOldest', onEnd: () => stop() });
      const stop = changed.listen(() => queue.push(status()));
      queue.push(status());
      return queue;
    },
    takeSnapshot: () => snapshots.take('person'),
    restoreSnapshot: (id) => snapshots.restore(id),
    dismissRepair() {
      repair = null;
      notes.write(repairNote, null);
      changed.emit();
    },
    async [Symbol.asyncDispose]() {
      clearTimeout(first);
      clearInterval(hourly);
      sweeper[Symbol.dispose]();
      await snapshots[Symbol.asyncDispose]();
    },
  };
}
