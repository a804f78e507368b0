import type { BinPage } from '../../shared/contract/index.ts';

/** Keeps what was written: the bin. The meaning of each call is written in shared/contract/data.ts. */
export interface Keep extends AsyncDisposable {
  bin(after: string | null, limit: number): BinPage;
  /** @throws NOT_IN_BIN */
  deleteForGood(id: string): void;
  /** Answers how many entries there were. */
  emptyBin(): number;
}
