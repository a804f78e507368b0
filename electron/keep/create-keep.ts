import type { Clock, Log } from '../ports.ts';
import type { Store } from '../store/store.ts';
import { binLifeMs, createBin } from './bin.ts';
import type { Keep } from './keep.ts';
import { createSweeper } from './sweeper.ts';

export interface KeepServices {
  readonly store: Store;
  /** The bin's own; see bin-clock.ts. */
  readonly binClock: Clock;
  readonly log: Log;
}

const dailyMs = 24 * 60 * 60 * 1000;

export function createKeep({ store, binClock, log }: KeepServices): Keep {
  const sweeper = createSweeper(store.bin, log);

  /** Not worth refusing to start: old things can go next time. */
  const tidyUp = (): void => {
    try {
      const nowMs = binClock.now();
      store.bin.clampFuture(nowMs);
      const oldestMs = nowMs - binLifeMs;
      const small = store.folders.purge(oldestMs) + store.presets.purge(oldestMs);
      const rows = store.bin.condemnOlder(oldestMs) + small;
      if (rows > 0) log.info({ rows }, 'what was deleted 30 days ago is gone');
      sweeper.start();
    } catch (error) {
      log.error({ err: error }, 'the bin could not be tidied up');
    }
  };
  tidyUp();
  const daily = setInterval(tidyUp, dailyMs);
  daily.unref();

  return {
    ...createBin(store, binClock, sweeper),
    async [Symbol.asyncDispose]() {
      clearInterval(daily);
      sweeper[Symbol.dispose]();
    },
  };
}
