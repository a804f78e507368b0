import type { SnapshotInfo } from '../../shared/contract/index.ts';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { Clock, Log } from '../ports.ts';
import type { SnapshotFiles, SnapshotReason } from '../store/store.ts';

export interface Snapshots extends AsyncDisposable {
  list(): SnapshotInfo[];
  readonly busy: boolean;
  /** The last copy that could not be made, until one could. */
  readonly failure: ClawdbotError | null;
  /** What the last check of the whole database found. */
  readonly health: Health;
  /** Waits for the one that is being made. @throws DISK_FULL, DATABASE_LOCKED, DATA_DIRECTORY_UNUSABLE */
  take(reason: SnapshotReason): Promise<void>;
  /** @throws SNAPSHOT_NOT_FOUND, SNAPSHOT_UNUSABLE, SNAPSHOT_BUSY, DISK_FULL */
  restore(id: string): Promise<void>;
}

export type Health =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'intact'; readonly checkedAtMs: number }
  | { readonly kind: 'damaged'; readonly checkedAtMs: number; readonly problem: string };

export interface SnapshotServices {
  readonly files: SnapshotFiles;
  readonly clock: Clock;
  readonly log: Log;
  readonly onChange: () => void;
  /** Called in the moment before the database is replaced; throws when something is being written. */
  readonly requireQuiet: () => void;
  /** Another database is in place. */
  readonly onRestored: () => void;
}

/** Makes, checks and prunes the copies of the database, and puts one back. One thing at a time. */
export function createSnapshots(services: SnapshotServices): Snapshots {
  const { files, clock, log, onChange } = services;
  const ended = new AbortController();
  let busy = false;
  let failure: ClawdbotError | null = null;
  let health: Health = { kind: 'unknown' };
  let working: Promise<unknown> = Promise.resolve();

  const exclusively = async (work: () => Promise<void>): Promise<void> => {
    const done = working.then(async () => {
      ended.signal.throwIfAborted();
      busy = true;
      onChange();
      try {
        await work();
      } finally {
        busy = false;
        onChange();
      }
    });
    working = done.catch(() => undefined);
    return done;
  };

  const verify = async (id: string): Promise<void> => {
    const problems = await files.check(id, ended.signal);
    const checkedAtMs = clock.now();
    if (problems.length === 0) {
      health = { kind: 'intact', checkedAtMs };
      return;
    }
    // The copy is the database of that moment, byte by byte: what is wrong with one is wrong with the other.
    health = { kind: 'damaged', checkedAtMs, problem: problems[0] ?? '' };
    log.error({ snapshot: id, problems }, 'the database is damaged');
  };

  const take = (reason: SnapshotReason): Promise<void> =>
    exclusively(async () => {
      try {
        const id = await files.take(reason, ended.signal);
        failure = null;
        onChange();
        await verify(id);
        files.prune();
      } catch (error) {
        if (ended.signal.aborted) throw error;
        log.warn({ reason, err: error }, 'a snapshot could not be made');
        failure = error instanceof ClawdbotError ? error : null;
        throw error;
      }
    });

  return {
    list: () =>
      files
        .list()
        .map(({ id, madeAtMs, reason, checked, sizeBytes }) => ({ id, madeAtMs, reason, checked, sizeBytes })),
    get busy() {
      return busy;
    },
    get failure() {
      return failure;
    },
    get health() {
      return health;
    },
    take,
    async restore(id) {
      if (busy) {
        throw new ClawdbotError(
          'SNAPSHOT_BUSY',
          'A snapshot is being made or put back. Wait a moment and try again.',
          {},
        );
      }
      await exclusively(async () => {
        await files.restore(id, services.requireQuiet, ended.signal);
        health = { kind: 'intact', checkedAtMs: clock.now() };
        services.onRestored();
        files.prune();
      });
    },
    async [Symbol.asyncDispose]() {
      ended.abort();
      await working;
    },
  };
}
