import { useEffect, useState } from 'react';

import type { ThreadContext } from '../../shared/contract/index.ts';
import { useClient } from '../rpc/ConnectionProvider.tsx';
import { subscribe } from '../rpc/subscribe.ts';

const nothing: ThreadContext = { summaries: [], folding: { kind: 'idle' } };

/** What is summarised of a conversation. */
export function useThreadContext(conversationId: string | null): ThreadContext {
  const client = useClient();
  const [context, setContext] = useState(nothing);
  useEffect(() => {
    if (conversationId === null) return undefined;
    const stop = subscribe((signal) => client.context.watch({ conversationId }, { signal }), setContext);
    return () => {
      stop();
      setContext(nothing);
    };
  }, [client, conversationId]);
  return context;
}
