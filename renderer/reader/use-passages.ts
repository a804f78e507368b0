import { useEffect, useState } from 'react';

import type { ReadPassage } from '../../shared/contract/index.ts';
import { useClient } from '../rpc/ConnectionProvider.tsx';

export interface LoadedPassages {
  readonly passages: readonly ReadPassage[];
  readonly done: boolean;
  readonly error: unknown;
}

const atOnce = 300;
const none: LoadedPassages = { passages: [], done: false, error: undefined };

/** Everything that was read of a document, a part after the other; nothing while `wanted` is false. */
export function usePassages(documentId: string, wanted: boolean): LoadedPassages {
  const client = useClient();
  const [loaded, setLoaded] = useState(none);
  useEffect(() => {
    if (!wanted) return undefined;
    const abort = new AbortController();
    const { signal } = abort;
    const load = async (): Promise<void> => {
      const all: ReadPassage[] = [];
      for (;;) {
        const { passages } = await client.reader.passages({ documentId, from: all.length, limit: atOnce }, { signal });
        if (signal.aborted) return;
        all.push(...passages);
        const done = passages.length < atOnce;
        setLoaded({ passages: [...all], done, error: undefined });
        if (done) return;
      }
    };
    load().catch((error: unknown) => {
      if (!signal.aborted) setLoaded((before) => ({ ...before, done: true, error }));
    });
    return () => abort.abort();
  }, [client, documentId, wanted]);
  return loaded;
}
