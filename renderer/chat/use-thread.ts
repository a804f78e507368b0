import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';

import type { Client } from '../rpc/client.ts';
import { createThread, type Thread, type ThreadView } from './thread.ts';
import { emptyThread } from './thread-state.ts';

/**
 * Follows the conversation as long as it is open; null is one that begins with its first message. Undefined for the
 * moment before the first effect, and between a switch and its effect.
 */
export function useThread(client: Client, conversationId: string | null): Thread | undefined {
  const [thread, setThread] = useState<Thread>();
  const open = useRef<Thread>(undefined);
  useEffect(() => {
    // A conversation that began here is followed already when its id arrives.
    if (open.current?.conversationId === conversationId) return;
    open.current?.[Symbol.dispose]();
    open.current = createThread(client.chat, conversationId);
    setThread(open.current);
  }, [client, conversationId]);
  useEffect(
    () => () => {
      open.current?.[Symbol.dispose]();
      open.current = undefined;
    },
    [],
  );
  return thread?.conversationId === conversationId ? thread : undefined;
}

/** A part of what the thread shows; the component renders again only when that part changes. */
export function useThreadView<T>(thread: Thread | undefined, select: (view: ThreadView) => T): T {
  return useStore(thread?.view ?? nothing, select);
}

const nothingView: ThreadView = { ...emptyThread, failure: null, earlier: 'idle' };
const nothing = { getState: () => nothingView, getInitialState: () => nothingView, subscribe: () => () => {} };
