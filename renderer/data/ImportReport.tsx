import type { ReactNode } from 'react';

import type { ImportJob } from '../../shared/contract/index.ts';
import { Button } from '../ui/Button.tsx';
import { useErrorText } from '../ui/use-error-text.ts';
import { useFormat } from '../ui/use-format.ts';
import { useTranslation } from '../ui/use-translation.ts';

/** What came of an import: what was read, and what could not be and why. */
export function ImportReport({ job, onDismiss }: { job: ImportJob; onDismiss: () => void }): ReactNode {
  const { t } = useTranslation('data');
  const format = useFormat();
  const errorText = useErrorText();
  const { fileName: name, added, messages, extended, known, inBin, leftOut, lost, lostCount } = job;
  const title =
    job.state === 'done'
      ? t('importDone', { name })
      : t(job.state === 'failed' ? 'importFailed' : 'importCancelled', { name });
  const lines = [
    ...(job.error ? [errorText(job.error)] : []),
    ...(job.state === 'done'
      ? [t('importAdded', { added: format.number(added), messages: format.number(messages) })]
      : []),
    ...(extended > 0 ? [t('importExtended', { extended: format.number(extended) })] : []),
    ...(known > 0 ? [t('importKnown', { known: format.number(known) })] : []),
    ...(inBin > 0 ? [t('importInBin', { inBin: format.number(inBin) })] : []),
    ...(['attachments', 'toolSteps', 'messages'] as const).flatMap((what) =>
      leftOut[what] > 0 ? [t(`leftOut.${what}`, { number: format.number(leftOut[what]) })] : [],
    ),
  ];
  return (
    <div role="status" className="mt-2 flex items-start gap-3 rounded-md bg-fill px-3 py-2">
      <div className="min-w-0 flex-1 text-sm">
        <p className="font-medium">{title}</p>
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
        {lostCount > 0 ? (
          <>
            <p>{t('importLost', { lost: format.number(lostCount) })}</p>
            <ul className="max-h-24 overflow-y-auto pl-4 text-muted">
              {lost.map(({ number, reason, title: of }) => (
                <li key={number}>
                  {t('importLostItem', { number: format.number(number), reason: t(`lost.${reason}`) })}
                  {of === '' ? '' : ` (${of})`}
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </div>
      <Button onClick={onDismiss}>{t('understood')}</Button>
    </div>
  );
}
