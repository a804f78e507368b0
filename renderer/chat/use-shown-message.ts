import { useCallback, useState, type RefObject } from 'react';
import type { VirtualizerHandle } from 'virtua';

import type { Thread } from './thread.ts';
import { useFoundMessage } from './use-found-message.ts';

/** Brings any message of the thread into view when asked, as often as asked, and tells which one to mark. */
export function useShownMessage(
  thread: Thread,
  list: RefObject<VirtualizerHandle | null>,
  onLeaveEnd: () => void,
): { readonly marked: string | null; readonly show: (messageId: string) => void } {
  const [wanted, setWanted] = useState<string | null>(null);
  const marked = useFoundMessage(thread, list, wanted, onLeaveEnd);
  const show = useCallback((messageId: string) => {
    // The same one again is a wish of its own.
    setWanted(null);
    requestAnimationFrame(() => setWanted(messageId));
  }, []);
  return { marked, show };
}
