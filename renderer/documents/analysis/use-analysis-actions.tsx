import { lazy, Suspense, useState, type ReactNode } from 'react';

import type { DocumentInfo } from '../../../shared/contract/index.ts';
import { useTranslation } from '../../ui/use-translation.ts';
import type { DocumentActionGroup } from '../DocumentActions.tsx';

const PersonalDataDialog = lazy(async () => ({
  default: (await import('./PersonalDataDialog.tsx')).PersonalDataDialog,
}));
const CompareDocuments = lazy(async () => ({ default: (await import('./CompareDocuments.tsx')).CompareDocuments }));
const DeidentifyDialog = lazy(async () => ({ default: (await import('./DeidentifyDialog.tsx')).DeidentifyDialog }));
const TablesDialog = lazy(async () => ({ default: (await import('./TablesDialog.tsx')).TablesDialog }));

type Opened = 'personal' | 'deidentify' | 'compare' | 'tables';

/** What can be worked out from a document without a model. */
export function useAnalysisActions(document: DocumentInfo): DocumentActionGroup {
  const { t } = useTranslation('analysis');
  const [opened, setOpened] = useState<Opened | null>(null);
  const props = { document, onClose: () => setOpened(null) };
  return {
    key: 'analysis',
    items: document.usable
      ? [
          { label: t('findPersonal'), onSelect: () => setOpened('personal') },
          ...(document.format === 'dicom'
            ? [{ label: t('deidentifyCopy'), onSelect: () => setOpened('deidentify') }]
            : []),
          { label: t('compareWith'), onSelect: () => setOpened('compare') },
          { label: t('listTables'), onSelect: () => setOpened('tables') },
        ]
      : [],
    opened: opened === null ? null : <Suspense>{dialogOf(opened, props)}</Suspense>,
  };
}

function dialogOf(opened: Opened, props: { document: DocumentInfo; onClose: () => void }): ReactNode {
  switch (opened) {
    case 'personal':
      return <PersonalDataDialog {...props} />;
    case 'deidentify':
      return <DeidentifyDialog {...props} />;
    case 'compare':
      return <CompareDocuments {...props} />;
    case 'tables':
      return <TablesDialog {...props} />;
  }
}
