/** Tells when a model has rested for a while. */
export interface Rest extends Disposable {
  /** The last answer has ended just now. */
  begin(): void;
}

interface RestOptions {
  /** Soon, so that the next conversation does not have to wait for it: takes snapshots into memory. */
  readonly soon: { readonly afterMs: number; run(): void };
  /** Later, when the next turn of the same conversation did not come: writes them to disk. */
  readonly later: { readonly afterMs: number; run(): void };
}

export function createRest({ soon, later }: RestOptions): Rest {
  const timers: NodeJS.Timeout[] = [];
  const clear = (): void => {
    for (const timer of timers.splice(0)) clearTimeout(timer);
  };
  return {
    begin() {
      clear();
      for (const { afterMs, run } of [soon, later]) timers.push(setTimeout(run, afterMs).unref());
    },
    [Symbol.dispose]: clear,
  };
}
