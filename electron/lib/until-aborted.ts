import { cancelled } from '../../shared/errors/clawdbot-error.ts';

/**
 * Waits for a promise no longer than until the signal aborts. The promise itself goes on; when it fails afterwards,
 * nobody is told.
 * @throws CANCELLED
 */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(cancelled());
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
