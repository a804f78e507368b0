import type { ReactNode } from 'react';
import { VList } from 'virtua';

import { Dialog } from '../../ui/Dialog.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';
import { useLanguage, useTranslation } from '../../ui/use-translation.ts';
import type { NotAdded } from './folders-store.ts';

interface NotAddedListProps {
  readonly notAdded: readonly NotAdded[];
  readonly onClose: () => void;
}

/** Each file of a folder that gave nothing, and why. */
export function NotAddedList({ notAdded, onClose }: NotAddedListProps): ReactNode {
  const { t } = useTranslation('documents');
  const language = useLanguage();
  const errorText = useErrorText();
  const wordsOf = ({ why }: NotAdded): string => {
    switch (why.kind) {
      case 'problem':
        return why.text[language === 'zh' ? 'zh' : 'en'];
      case 'closed':
        return t('notAddedClosed');
      case 'error':
        return errorText(why.error);
    }
  };
  return (
    <Dialog
      open
      title={t('notAdded')}
      className="h-[min(480px,calc(100dvh-32px))] w-[min(560px,calc(100vw-32px))]"
      onOpenChange={(open) => (open ? undefined : onClose())}
    >
      <VList tabIndex={0} aria-label={t('notAdded')} className="min-h-0 flex-1 px-4 pb-4">
        {notAdded.map((each) => (
          <div key={each.path} className="border-b border-hairline py-2">
            <p className="font-medium break-all">{each.path === '' ? '/' : each.path}</p>
            <p className="text-muted">{wordsOf(each)}</p>
          </div>
        ))}
      </VList>
    </Dialog>
  );
}
