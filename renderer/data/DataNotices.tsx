import type { ReactNode } from 'react';

import { useClient } from '../rpc/ConnectionProvider.tsx';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { useAttempt } from '../ui/use-attempt.ts';
import { useFormat } from '../ui/use-format.ts';
import { useTranslation } from '../ui/use-translation.ts';
import { useDataStatus } from './use-data-status.ts';

/** What happened to the database that the person should know. */
export function DataNotices(): ReactNode {
  const { t } = useTranslation('data');
  const format = useFormat();
  const client = useClient();
  const attempt = useAttempt();
  const status = useDataStatus();
  return (
    <>
      {status?.repair ? (
        <Banner
          tone="warning"
          actions={<Button onClick={() => attempt(() => client.data.dismissRepair())}>{t('understood')}</Button>}
        >
          {t('repaired', {
            when: format.dateTime(status.repair.snapshotMadeAtMs),
            folder: status.repair.damagedFolder,
          })}
        </Banner>
      ) : null}
      {status?.health.kind === 'damaged' ? (
        <Banner tone="danger">{t('damaged', { problem: status.health.problem })}</Banner>
      ) : null}
    </>
  );
}
