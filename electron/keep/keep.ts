import type { BinPage, DataStatus } from '../../shared/contract/index.ts';

/** Keeps what was written: the bin, snapshots, checks. The meaning of each call is written in shared/contract/data.ts. */
export interface Keep extends AsyncDisposable {
  bin(after: string | null, limit: number): BinPage;
  /** @throws NOT_IN_BIN */
  deleteForGood(id: string): void;
  /** Answers how many entries there were. */
  emptyBin(): number;
  /** Until it is disposed of, rows that an import has stored and not yet shown stay. */
  hold(): Disposable;
  watch(signal: AbortSignal): AsyncIterable<DataStatus>;
  /** @throws DISK_FULL, DATABASE_LOCKED, DATA_DIRECTORY_UNUSABLE */
  takeSnapshot(): Promise<void>;
  /** @throws SNAPSHOT_NOT_FOUND, SNAPSHOT_UNUSABLE, SNAPSHOT_BUSY, TURN_RUNNING, DISK_FULL, DATABASE_LOCKED */
  restoreSnapshot(id: string): Promise<void>;
  dismissRepair(): void;
}
