/** The events of one watcher, from a snapshot on. */
export interface WatchQueue<T> extends AsyncIterable<T> {
  push(event: T): void;
  /** Forgets what is waiting and begins again with a snapshot. */
  refresh(): void;
  /** The reader gets what is waiting, then the end. */
  end(): void;
}

export interface WatchQueueOptions<T> {
  /** The present state as events; taken at the moment the reader gets to it. */
  readonly snapshot: () => readonly T[];
  /** One event that says the same as two that follow each other, if there is one. */
  readonly merge: (earlier: T, later: T) => T | undefined;
  readonly signal: AbortSignal;
  /** Called once, however the queue ends; never when the signal had aborted before. */
  readonly onEnd: () => void;
}

/** A reader this far behind gets a new snapshot instead of everything it missed. */
const capacity = 256;

/**
 * A snapshot, then every change after it: the snapshot is taken synchronously between two changes, and until then
 * changes are not kept, because it will hold them. Memory is bounded by `capacity` events, of which merged ones are no
 * longer than what a snapshot would hold.
 */
export function createWatchQueue<T>({ snapshot, merge, signal, onEnd }: WatchQueueOptions<T>): WatchQueue<T> {
  let waiting: T[] = [];
  let stale = true;
  let ended = false;
  let sleeping: PromiseWithResolvers<void> | undefined;

  const wake = (): void => {
    sleeping?.resolve();
    sleeping = undefined;
  };
  const end = (): void => {
    if (ended) return;
    ended = true;
    // The database may be closed by the time the reader would get to a snapshot.
    stale = false;
    signal.removeEventListener('abort', abandon);
    wake();
    onEnd();
  };
  const abandon = (): void => {
    waiting = [];
    end();
  };
  const refresh = (): void => {
    if (ended) return;
    waiting = [];
    stale = true;
    wake();
  };

  const next = async (): Promise<IteratorResult<T>> => {
    for (;;) {
      if (stale) {
        stale = false;
        try {
          waiting.push(...snapshot());
        } catch (error) {
          abandon();
          throw error;
        }
      }
      const [event] = waiting.splice(0, 1);
      if (event !== undefined) return { done: false, value: event };
      if (ended) return { done: true, value: undefined };
      sleeping ??= Promise.withResolvers<void>();
      await sleeping.promise;
    }
  };

  if (signal.aborted) {
    ended = true;
    stale = false;
  } else signal.addEventListener('abort', abandon, { once: true });

  return {
    push(event) {
      if (ended || stale) return;
      const last = waiting.at(-1);
      const merged = last === undefined ? undefined : merge(last, event);
      if (merged !== undefined) waiting[waiting.length - 1] = merged;
      else if (waiting.length >= capacity) refresh();
      else waiting.push(event);
      wake();
    },
    refresh,
    end,
    [Symbol.asyncIterator]: () => ({
      next,
      return() {
        abandon();
        return Promise.resolve({ done: true, value: undefined });
      },
    }),
  };
}
