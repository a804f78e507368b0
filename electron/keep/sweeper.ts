import type { Log } from '../ports.ts';
import type { StoredBin } from '../store/store.ts';

/** Deletes what nobody can reach any more, a little at a time, so that nothing waits for it. */
export interface Sweeper extends Disposable {
  start(): void;
  /** Keeps it from running until what was returned is disposed of; rows of an unfinished import look like waste. */
  hold(): Disposable;
}

/** Between two steps; a step takes a few milliseconds. */
const pauseMs = 20;

/** `onSwept` is told when nothing is left to delete. */
export function createSweeper(bin: Pick<StoredBin, 'sweep'>, onSwept: () => void, log: Log): Sweeper {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let holds = 0;
  let disposed = false;

  const step = (): void => {
    timer = undefined;
    try {
      if (bin.sweep() > 0) return go();
      onSwept();
    } catch (error) {
      // A full disk or a locked database: the next start tries again.
      log.warn({ err: error }, 'what was deleted for good could not be removed yet');
    }
  };
  function go(): void {
    if (disposed || holds > 0 || timer !== undefined) return;
    timer = setTimeout(step, pauseMs);
    timer.unref();
  }

  return {
    start() {
      go();
    },
    hold() {
      holds += 1;
      clearTimeout(timer);
      timer = undefined;
      let held = true;
      return {
        [Symbol.dispose]() {
          if (!held) return;
          held = false;
          holds -= 1;
          // What an import left unfinished.
          go();
        },
      };
    },
    [Symbol.dispose]() {
      disposed = true;
      clearTimeout(timer);
    },
  };
}
