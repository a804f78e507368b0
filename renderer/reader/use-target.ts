import { useEffect, useState } from 'react';

import { useClient } from '../rpc/ConnectionProvider.tsx';
import type { DocumentPlace } from '../ui/open-document.ts';
import type { Target } from './reader-view.ts';

/** A place with its page and its boxes; null until they are known. */
export function useTarget(place: DocumentPlace): Target | null {
  const client = useClient();
  const [target, setTarget] = useState<Target | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    const { documentId, seq } = place;
    const plain: Target = { ...place, page: place.page ?? 1, boxes: [] };
    if (seq === undefined) {
      setTarget(plain);
      return undefined;
    }
    client.reader.passages({ documentId, from: seq, limit: 1 }, { signal: abort.signal }).then(
      ({ passages: [passage] }) => {
        // Read anew, the document may have other passages; its page is still the best guess.
        if (!abort.signal.aborted) setTarget(passage ? { ...plain, page: passage.page, boxes: passage.boxes } : plain);
      },
      // Opening the document says what is wrong.
      () => abort.signal.aborted || setTarget(plain),
    );
    return () => abort.abort();
  }, [client, place]);
  return target;
}
