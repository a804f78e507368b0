import { useEffect, useState } from 'react';
import { useStore } from 'zustand';

import type { Client } from '../rpc/client.ts';
import { createThread, type Thread, type ThreadView } from './thread.ts';
import { emptyThread } from './thread-state.ts';

/** Follows the conversation as long as it is open. Undefined for a new one, and for the moment before it is followed. */
export function useThread(client: Client, conversationId: string | null): Thread | undefined {
  const [thread, setThread] = useState<Thread>();
  useEffect(() => {
    if (conversationId === null) return undefined;
    const opened = createThread(client.chat, conversationId);
    setThread(opened);
    return () => opened[Symbol.dispose]();
  }, [client, conversationId]);
  // Between a switch and its effect, the thread of the conversation before is still here.
  return thread?.conversationId === conversationId ? thread : undefined;
}

/** A part of what the thread shows; the component renders again only when that part changes. */
export function useThreadView<T>(thread: Thread | undefined, select: (view: ThreadView) => T): T {
  return useStore(thread?.view ?? nothing, select);
}

const nothingView: ThreadView = { ...emptyThread, failure: null, earlier: 'idle' };
const nothing = { getState: () => nothingView, getInitialState: () => nothingView, subscribe: () => () => {} };
