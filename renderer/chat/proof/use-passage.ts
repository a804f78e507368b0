import { useEffect, useState } from 'react';

import type { AnswerSource, PassageInfo } from '../../../shared/contract/index.ts';
import { useClient } from '../../rpc/ConnectionProvider.tsx';
import { tryReadError } from '../../rpc/read-error.ts';

export type PassageState =
  | { readonly phase: 'loading' }
  | { readonly phase: 'here'; readonly passage: PassageInfo }
  /** Its document was deleted, or has no such passage any more. */
  | { readonly phase: 'gone' }
  | { readonly phase: 'failed'; readonly error: unknown };

/** Asked for again each time it is shown: a document may be deleted, and come back, at any time. */
export function usePassage({ documentId, seq }: AnswerSource): PassageState {
  const client = useClient();
  const [state, setState] = useState<PassageState>({ phase: 'loading' });
  useEffect(() => {
    let left = false;
    const show = (next: PassageState): void => {
      if (!left) setState(next);
    };
    client.documents.passages({ documentId, seqs: [seq] }).then(
      ({ passages: [passage] }) => show(passage === undefined ? { phase: 'gone' } : { phase: 'here', passage }),
      (error: unknown) => {
        const isGone = tryReadError(error)?.code === 'DOCUMENT_NOT_FOUND';
        show(isGone ? { phase: 'gone' } : { phase: 'failed', error });
      },
    );
    return () => {
      left = true;
    };
  }, [client, documentId, seq]);
  return state;
}
