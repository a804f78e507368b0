import { useCallback, useState, type ReactNode } from 'react';

import type { AnswerSource } from '../../../shared/contract/index.ts';
import { pointOut } from '../../../shared/model/documents/proof/point-out.ts';
import { useClient } from '../../rpc/ConnectionProvider.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useOpenDocument } from '../../ui/open-document.ts';
import { useTranslation } from '../../ui/use-translation.ts';
import { SourcePeek } from './SourcePeek.tsx';

/**
 * Shows a source where it stands in its document, or in a dialog where that cannot be shown. `dialog` has to be drawn.
 */
export function useOpenSource(): {
  readonly open: (source: AnswerSource, claim: string) => void;
  readonly dialog: ReactNode;
} {
  const { t } = useTranslation('chat');
  const client = useClient();
  const openDocument = useOpenDocument();
  const [shown, setShown] = useState<{ source: AnswerSource; claim: string } | null>(null);

  const open = useCallback(
    async (source: AnswerSource, claim: string): Promise<void> => {
      const { documentId, seq, page } = source;
      // Without its words there is nothing to go to: the dialog says why.
      const passage =
        openDocument === undefined
          ? undefined
          : await client.documents.passages({ documentId, seqs: [seq] }).then(
              ({ passages }) => passages[0],
              () => undefined,
            );
      if (openDocument === undefined || passage === undefined) {
        setShown({ source, claim });
        return;
      }
      const place = pointOut(claim, passage.text);
      const quote = place === undefined ? {} : { quote: passage.text.slice(place.start, place.end) };
      openDocument({ documentId, page, seq, ...quote });
    },
    [client, openDocument],
  );

  const dialog =
    shown === null ? null : (
      <Dialog
        open
        onOpenChange={(isOpen) => {
          if (!isOpen) setShown(null);
        }}
        title={t('proof.source', { number: shown.source.number })}
        className="w-[min(560px,calc(100vw-32px))]"
      >
        <div className="flex min-h-0 flex-col overflow-hidden px-4 pb-4">
          <SourcePeek source={shown.source} claim={shown.claim} />
        </div>
      </Dialog>
    );
  return { open: useCallback((source, claim) => void open(source, claim), [open]), dialog };
}
