import { errorKinds } from '../../shared/errors/codes.ts';
import { tryReadError } from './read-error.ts';

export interface SubscribeOptions {
  /** Told about an error that trying again would not cure; the subscription has ended. */
  readonly onError?: (error: unknown) => void;
  readonly firstDelayMs?: number;
  readonly longestDelayMs?: number;
}

/**
 * Follows a watch of the contract until the returned function is called. When the line breaks or the host ends the
 * stream it is opened again; every watch begins with the whole state, so nothing is missed.
 */
export function subscribe<T>(
  open: (signal: AbortSignal) => Promise<AsyncIterable<T>>,
  onEvent: (event: T) => void,
  options: SubscribeOptions = {},
): () => void {
  const { onError, firstDelayMs = 200, longestDelayMs = 5_000 } = options;
  const controller = new AbortController();
  const { signal } = controller;

  const handle = (event: T): void => {
    try {
      onEvent(event);
    } catch (error) {
      throw new ListenerFailed('A listener failed.', { cause: error });
    }
  };

  const follow = async (): Promise<void> => {
    let delayMs = firstDelayMs;
    while (!signal.aborted) {
      try {
        for await (const event of await open(signal)) {
          if (signal.aborted) return;
          delayMs = firstDelayMs;
          handle(event);
        }
      } catch (error) {
        if (error instanceof ListenerFailed) throw error.cause;
        if (signal.aborted) return;
        if (isFinal(error)) {
          onError?.(error);
          return;
        }
      }
      await pause(delayMs, signal);
      delayMs = Math.min(longestDelayMs, delayMs * 2);
    }
  };
  void follow();
  return () => controller.abort();
}

/** Keeps a bug in a listener apart from a broken line: subscribing again would not cure it. */
class ListenerFailed extends Error {}

function isFinal(error: unknown): boolean {
  const read = tryReadError(error);
  if (!read) return false;
  const kind = errorKinds[read.code];
  return kind === 'expected' || kind === 'protocol';
}

function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, delayMs);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}
