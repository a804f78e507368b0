/** Pieces of an answer between the model and the database. */
export interface PieceBuffer {
  add(text: string, sentAtMs: number): void;
  /** Hands on what is waiting; throws what `write` throws. */
  flush(): void;
  /** Resolves at once, or when the event loop has turned because many pieces are waiting. */
  room(): Promise<void>;
}

interface PieceBufferOptions {
  /** Characters written before the first piece. */
  readonly offset: number;
  readonly write: (text: string, offset: number, sentAtMs: number) => void;
  /** What `write` threw when nobody had called `flush`. */
  readonly onError: (error: unknown) => void;
}

const waitingLimit = 64;

/**
 * What arrives in the same turn of the event loop is written as one piece, with the time of its first. There is no
 * timer: a piece never waits for another one to come.
 */
export function createPieceBuffer(options: PieceBufferOptions): PieceBuffer {
  let { offset } = options;
  let waiting: { text: string; pieces: number; sentAtMs: number } | undefined;
  let scheduled: NodeJS.Immediate | undefined;

  const flush = (): void => {
    clearImmediate(scheduled);
    scheduled = undefined;
    if (waiting === undefined) return;
    const { text, sentAtMs } = waiting;
    waiting = undefined;
    options.write(text, offset, sentAtMs);
    offset += text.length;
  };

  const flushUnasked = (): void => {
    try {
      flush();
    } catch (error) {
      options.onError(error);
    }
  };

  return {
    add(text, sentAtMs) {
      if (waiting === undefined) waiting = { text, pieces: 1, sentAtMs };
      else waiting = { ...waiting, text: waiting.text + text, pieces: waiting.pieces + 1 };
      scheduled ??= setImmediate(flushUnasked);
    },
    flush,
    async room() {
      // A model that always has a next piece ready would keep the event loop, and whoever wants to stop it, from running.
      if (waiting !== undefined && waiting.pieces >= waitingLimit) {
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}
