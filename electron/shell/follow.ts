import type { Log } from '../ports.ts';

/**
 * Calls `take` with every value of a watch until the signal fires. A watch that fails is opened again after a pause:
 * each begins with a snapshot, so nothing is missed.
 */
export async function follow<T>(
  open: (signal: AbortSignal) => Promise<AsyncIterable<T>>,
  take: (value: T) => void,
  options: { readonly signal: AbortSignal; readonly log: Log; readonly pauseMs?: number },
): Promise<void> {
  const { signal, log, pauseMs = 1_000 } = options;
  while (!signal.aborted) {
    try {
      for await (const value of await open(signal)) {
        if (signal.aborted) return;
        take(value);
      }
    } catch (error) {
      if (signal.aborted) return;
      log.warn({ err: error }, 'the shell lost one of its watches and opens it again');
    }
    if (!(await pause(pauseMs, signal))) return;
  }
}

function pause(durationMs: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const stop = (): void => {
    clearTimeout(timer);
    resolve(false);
  };
  const timer = setTimeout(() => {
    signal.removeEventListener('abort', stop);
    resolve(true);
  }, durationMs);
  signal.addEventListener('abort', stop, { once: true });
  return promise;
}
