import type { ReactNode } from 'react';

import { Button } from '../ui/Button.tsx';
import { useTranslation } from '../ui/use-translation.ts';
import { exportAddress } from './export-address.ts';

const look =
  'inline-flex h-7 items-center justify-center rounded-md bg-fill px-3 font-medium text-ink hover:bg-fill-strong';

export function ExportSetting({ onPrintAll }: { onPrintAll: () => void }): ReactNode {
  const { t } = useTranslation('data');
  return (
    <section aria-label={t('exportTitle')} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
      <div className="min-w-0 flex-1 basis-60">
        <h3>{t('exportTitle')}</h3>
        <p className="text-sm text-muted">{t('exportHint')}</p>
      </div>
      <div className="flex gap-2">
        <a className={look} href={exportAddress('markdown')} download>
          {t('exportMarkdown')}
        </a>
        <a className={look} href={exportAddress('json')} download>
          {t('exportJson')}
        </a>
        <Button onClick={onPrintAll}>{t('exportPdf')}</Button>
      </div>
    </section>
  );
}
