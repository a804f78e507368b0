import { useEffect, useState, type RefObject } from 'react';
import type { VirtualizerHandle } from 'virtua';

import { useClient } from '../rpc/ConnectionProvider.tsx';
import { useAttempt } from '../ui/use-attempt.ts';
import { reachMessage } from './find/reach-message.ts';
import type { Thread } from './thread.ts';

const markedMs = 2_000;

/**
 * Brings a message that a search found into view: its branch is shown, older messages are loaded. Returns the id of the
 * message to mark for a moment; null for none.
 */
export function useFoundMessage(
  thread: Thread,
  list: RefObject<VirtualizerHandle | null>,
  messageId: string | null,
  onLeaveEnd: () => void,
): string | null {
  const client = useClient();
  const attempt = useAttempt();
  const [marked, setMarked] = useState<string | null>(null);
  useEffect(() => {
    if (messageId === null) return undefined;
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      const at = await reachMessage(thread, client.search, messageId, controller.signal);
      if (at === undefined) return;
      onLeaveEnd();
      list.current?.scrollToIndex(at, { align: 'center' });
      setMarked(messageId);
      timer = setTimeout(() => setMarked(null), markedMs);
    };
    attempt(look);
    return () => {
      controller.abort();
      clearTimeout(timer);
      setMarked(null);
    };
  }, [thread, client, attempt, list, messageId, onLeaveEnd]);
  return marked;
}
