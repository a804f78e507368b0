import { useState, type ReactNode } from 'react';

import type { DocumentInfo } from '../../../shared/contract/index.ts';
import { useClient } from '../../rpc/ConnectionProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { savePreparedFile } from '../../ui/save-prepared-file.ts';
import { useAttempt } from '../../ui/use-attempt.ts';
import { useLanguage, useTranslation } from '../../ui/use-translation.ts';

interface DeidentifyDialogProps {
  readonly document: DocumentInfo;
  readonly onClose: () => void;
}

/** Says what a de-identified copy of a DICOM file leaves as it is, and saves one. */
export function DeidentifyDialog({ document, onClose }: DeidentifyDialogProps): ReactNode {
  const { t } = useTranslation('analysis');
  const language = useLanguage() === 'zh' ? 'zh' : 'en';
  const client = useClient();
  const attempt = useAttempt();
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const make = (): void => {
    setMaking(true);
    setMade(null);
    attempt(async () => {
      try {
        const copy = await client.analysis.deidentify({ documentId: document.id, language });
        savePreparedFile(copy);
        setMade(copy.name);
      } finally {
        setMaking(false);
      }
    });
  };
  return (
    <Dialog
      open
      title={t('deidentify.title', { name: document.name })}
      className="w-[min(520px,calc(100vw-32px))]"
      onOpenChange={(open) => (open ? undefined : onClose())}
    >
      <div className="flex flex-col gap-3 px-4 pb-3">
        <p>{t('deidentify.hint')}</p>
        <p className="font-semibold">{t('deidentify.burnedIn')}</p>
      </div>
      <div className="flex items-center gap-3 border-t border-hairline px-4 py-3">
        <p role="status" className="min-w-0 flex-1 text-sm text-muted">
          {made === null ? null : t('deidentify.made', { name: made })}
        </p>
        <Button tone="primary" disabled={isMaking} onClick={make}>
          {t('deidentify.make')}
        </Button>
      </div>
    </Dialog>
  );
}
