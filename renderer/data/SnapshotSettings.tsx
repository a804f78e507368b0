import type { ReactNode } from 'react';

import { useClient } from '../rpc/ConnectionProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { useToast } from '../ui/Toaster.tsx';
import { useAttempt } from '../ui/use-attempt.ts';
import { useErrorText } from '../ui/use-error-text.ts';
import { useFormat } from '../ui/use-format.ts';
import { useTranslation } from '../ui/use-translation.ts';
import { ConfirmButton } from './ConfirmButton.tsx';
import { useDataStatus } from './use-data-status.ts';

/** The copies of the database, with a way back to each. */
export function SnapshotSettings(): ReactNode {
  const { t } = useTranslation('data');
  const format = useFormat();
  const errorText = useErrorText();
  const client = useClient();
  const attempt = useAttempt();
  const toast = useToast();
  const status = useDataStatus();
  if (!status) return null;
  const { health, snapshots, snapshotBusy, snapshotFailure } = status;

  const restore = (id: string, when: string): void =>
    attempt(async () => {
      await client.data.restoreSnapshot({ id });
      toast({ text: t('snapshotRestored', { when }) });
    });

  return (
    <section aria-label={t('snapshots')}>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <h3>{t('snapshots')}</h3>
          <p className="text-sm text-muted">{t('snapshotsHint')}</p>
        </div>
        <Button disabled={snapshotBusy} onClick={() => attempt(() => client.data.takeSnapshot())}>
          {t('snapshotNow')}
        </Button>
      </div>
      <p role="status" className="pt-1 text-sm text-muted">
        {snapshotBusy
          ? t('snapshotBusy')
          : health.kind === 'intact'
            ? t('intact', { when: format.dateTime(health.checkedAtMs) })
            : ''}
      </p>
      {health.kind === 'damaged' ? (
        <p role="alert" className="text-sm text-danger">
          {t('damaged', { problem: health.problem })}
        </p>
      ) : null}
      {snapshotFailure ? (
        <p role="alert" className="text-sm text-danger">
          {t('snapshotFailed')} {errorText(snapshotFailure)}
        </p>
      ) : null}
      {snapshots.length === 0 ? <p className="pt-1 text-sm text-muted">{t('snapshotNone')}</p> : null}
      <ul aria-label={t('snapshots')}>
        {snapshots.map(({ id, madeAtMs, reason, checked, sizeBytes }) => {
          const when = format.dateTime(madeAtMs);
          return (
            <li
              key={id}
              className="flex flex-wrap items-center justify-end gap-x-2 gap-y-1 border-b border-hairline py-2 last:border-b-0"
            >
              <div className="min-w-40 flex-1">
                <p>{when}</p>
                <p className="text-sm text-muted">
                  {[
                    t(`snapshotReason.${reason}`),
                    format.bytes(sizeBytes),
                    ...(checked ? [] : [t('snapshotUnchecked')]),
                  ].join(' · ')}
                </p>
              </div>
              <ConfirmButton
                label={t('snapshotRestore')}
                fullLabel={t('snapshotRestoreLabel', { when })}
                question={t('snapshotQuestion', { when })}
                disabled={snapshotBusy}
                onConfirm={() => restore(id, when)}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
