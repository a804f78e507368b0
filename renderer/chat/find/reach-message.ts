import type { Client } from '../../rpc/client.ts';
import type { Thread } from '../thread.ts';

const pageLimit = 500;
/** A branch that was switched to arrives as a new snapshot, a moment after the answer to the call. */
const arrivalMs = 3_000;

/**
 * Loads a message into the thread, from another branch or however far up. Resolves to its index among the messages;
 * undefined when it was given up, or does not come.
 *
 * @throws what `reveal` does
 */
export async function reachMessage(
  thread: Thread,
  search: Pick<Client['search'], 'reveal'>,
  messageId: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  const indexOf = (): number => thread.view.getState().messages.findIndex(({ id }) => id === messageId);
  await until(thread, () => thread.view.getState().phase !== 'loading', signal);
  if (indexOf() < 0 && !signal.aborted) {
    const { below } = await search.reveal({ messageId }, { signal });
    while (indexOf() < 0 && !signal.aborted) {
      const { messages, hasEarlier, earlier } = thread.view.getState();
      if (earlier === 'loading') await until(thread, () => thread.view.getState().earlier !== 'loading', signal);
      else if (earlier === 'failed' || !hasEarlier || messages.length > below) {
        if (!(await until(thread, () => indexOf() >= 0, signal, arrivalMs))) return undefined;
      } else await thread.loadEarlier(Math.min(pageLimit, below + 1 - messages.length));
    }
  }
  const at = indexOf();
  return at < 0 || signal.aborted ? undefined : at;
}

/** False when the time is over, or nobody waits any more. */
function until(thread: Thread, holds: () => boolean, signal: AbortSignal, limitMs?: number): Promise<boolean> {
  if (holds() || signal.aborted) return Promise.resolve(holds());
  return new Promise((resolve) => {
    const look = (): void => {
      if (holds()) end();
    };
    const end = (): void => {
      stop();
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve(holds());
    };
    const stop = thread.view.subscribe(look);
    const timer = limitMs === undefined ? undefined : setTimeout(end, limitMs);
    signal.addEventListener('abort', end);
  });
}
