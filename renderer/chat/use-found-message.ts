import { useEffect, useState, type RefObject } from 'react';
import type { VirtualizerHandle } from 'virtua';

import type { Thread } from './thread.ts';

const markedMs = 2_000;

/**
 * Brings a message that a search found into view, loading older ones until it is there. Returns the id of the message
 * to mark for a moment; null for none. Gives up quietly when the message is on another branch: the thread is open.
 */
export function useFoundMessage(
  thread: Thread,
  list: RefObject<VirtualizerHandle | null>,
  messageId: string | null,
): string | null {
  const [marked, setMarked] = useState<string | null>(null);
  useEffect(() => {
    if (messageId === null) return undefined;
    let ended = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      await untilLoaded(thread);
      for (;;) {
        const { messages, hasEarlier, earlier } = thread.view.getState();
        const at = messages.findIndex((message) => message.id === messageId);
        if (ended) return;
        if (at >= 0) {
          list.current?.scrollToIndex(at, { align: 'center' });
          setMarked(messageId);
          timer = setTimeout(() => setMarked(null), markedMs);
          return;
        }
        if (!hasEarlier || earlier === 'failed') return;
        if (earlier === 'loading') await untilIdle(thread);
        else await thread.loadEarlier();
      }
    };
    void look();
    return () => {
      ended = true;
      clearTimeout(timer);
      setMarked(null);
    };
  }, [thread, list, messageId]);
  return marked;
}

function untilLoaded(thread: Thread): Promise<void> {
  return until(thread, () => thread.view.getState().phase !== 'loading');
}

function untilIdle(thread: Thread): Promise<void> {
  return until(thread, () => thread.view.getState().earlier !== 'loading');
}

function until(thread: Thread, holds: () => boolean): Promise<void> {
  if (holds()) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = thread.view.subscribe(() => {
      if (!holds()) return;
      stop();
      resolve();
    });
  });
}
