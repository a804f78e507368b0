export interface AsyncQueueOptions {
  /** Ends the queue when it aborts; what was not read yet is dropped. */
  readonly signal?: AbortSignal;
  /** Values kept for a slow reader, at least 1; unbounded when left out. */
  readonly capacity?: number;
  /** What a full queue does with one value more: `refuse` makes `push` answer false. Default: `refuse`. */
  readonly whenFull?: 'refuse' | 'dropOldest';
  /** Called once, however the queue ends: `end`, `fail`, the signal, or a reader that stops reading. */
  readonly onEnd?: () => void;
}

/** One side pushes, the other reads with `for await`. Meant for one reader; two would share the values. */
export interface AsyncQueue<T extends NonNullable<unknown> | null> extends AsyncIterable<T> {
  /** False when the value was not taken: the queue has ended, or is full and refuses. */
  push(value: T): boolean;
  /** The reader gets what is waiting, then the end. */
  end(): void;
  /** The reader gets what is waiting, then this error. */
  fail(error: unknown): void;
  readonly size: number;
  readonly ended: boolean;
}

export function createAsyncQueue<T extends NonNullable<unknown> | null>(
  options: AsyncQueueOptions = {},
): AsyncQueue<T> {
  const { signal, capacity = Infinity, whenFull = 'refuse', onEnd } = options;
  const values: T[] = [];
  const readers: PromiseWithResolvers<IteratorResult<T>>[] = [];
  let ended = false;
  let failure: { error: unknown } | undefined;

  const close = (): void => {
    if (ended) return;
    ended = true;
    signal?.removeEventListener('abort', abandon);
    const waiting = readers.splice(0);
    const failed = failure;
    if (failed && waiting.length > 0) {
      failure = undefined;
      waiting.shift()?.reject(failed.error);
    }
    for (const reader of waiting) reader.resolve({ done: true, value: undefined });
    onEnd?.();
  };

  const abandon = (): void => {
    values.length = 0;
    failure = undefined;
    close();
  };

  const next = (): Promise<IteratorResult<T>> => {
    const first = values.shift();
    if (first !== undefined) return Promise.resolve({ done: false, value: first });
    if (failure) {
      const { error } = failure;
      failure = undefined;
      return Promise.reject(error);
    }
    if (ended) return Promise.resolve({ done: true, value: undefined });
    const reader = Promise.withResolvers<IteratorResult<T>>();
    readers.push(reader);
    return reader.promise;
  };

  if (signal?.aborted) abandon();
  else signal?.addEventListener('abort', abandon, { once: true });

  return {
    push(value) {
      if (ended) return false;
      const reader = readers.shift();
      if (reader) {
        reader.resolve({ done: false, value });
        return true;
      }
      if (values.length >= capacity) {
        if (whenFull === 'refuse') return false;
        values.shift();
      }
      values.push(value);
      return true;
    },
    end: close,
    fail(error) {
      if (ended) return;
      failure = { error };
      close();
    },
    get size() {
      return values.length;
    },
    get ended() {
      return ended;
    },
    [Symbol.asyncIterator]: () => ({
      next,
      return() {
        abandon();
        return Promise.resolve({ done: true, value: undefined });
      },
    }),
  };
}
