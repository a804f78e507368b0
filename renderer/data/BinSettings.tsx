import { useCallback, useEffect, useState, type ReactNode } from 'react';

import type { BinItem, BinPage } from '../../shared/contract/index.ts';
import { useClient } from '../rpc/ConnectionProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { useToast } from '../ui/Toaster.tsx';
import { useAttempt } from '../ui/use-attempt.ts';
import { useTranslation } from '../ui/use-translation.ts';
import { BinIcon } from './BinIcon.tsx';
import { useBinWords } from './bin-words.ts';
import { ConfirmButton } from './ConfirmButton.tsx';
import { restoreItem } from './restore-item.ts';

const pageLength = 50;
const dayMs = 24 * 60 * 60 * 1000;

/** What was deleted in the last 30 days: back again, or gone for good. */
export function BinSettings(): ReactNode {
  const { t } = useTranslation('data');
  const client = useClient();
  const words = useBinWords();
  const attempt = useAttempt();
  const toast = useToast();
  const [page, setPage] = useState<BinPage>();

  const load = useCallback(
    async (after: string | null) => {
      const next = await client.data.bin({ after, limit: pageLength });
      setPage((shown) => (after === null || !shown ? next : { ...next, items: [...shown.items, ...next.items] }));
    },
    [client],
  );
  useEffect(() => attempt(() => load(null)), [attempt, load]);

  const restore = (item: BinItem): void =>
    attempt(async () => {
      await restoreItem(client, item);
      toast({ text: t('binRestored', { title: words.titleOf(item).slice(0, 60) }) });
      await load(null);
    });
  const deleteForGood = (item: BinItem): void =>
    attempt(async () => {
      await client.data.deleteForGood({ id: item.id });
      await load(null);
    });

  if (!page) return null;
  if (page.items.length === 0) return <EmptyState title={t('binEmpty')} text={t('binEmptyHint')} />;
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-2 pb-2">
        <p className="text-sm text-muted">{t('binHint')}</p>
        <ConfirmButton
          label={t('binEmptyAll')}
          question={t('binQuestionAll', { what: words.contents(page.counts) })}
          tone="danger"
          onConfirm={() =>
            attempt(async () => {
              await client.data.emptyBin();
              await load(null);
            })
          }
        />
      </div>
      <ul aria-label={t('bin')}>
        {page.items.map((item) => {
          const title = words.titleOf(item);
          return (
            <li
              key={item.id}
              className="flex flex-wrap items-center justify-end gap-x-2 gap-y-1 border-b border-hairline py-2 last:border-b-0"
            >
              <BinIcon kind={item.kind} />
              <div className="min-w-40 flex-1">
                <p className="truncate">{title}</p>
                <p className="truncate text-sm text-muted">
                  {[t('binDays', { count: Math.ceil(item.remainingMs / dayMs) }), ...words.about(item)].join(' · ')}
                </p>
              </div>
              <Button aria-label={t('binRestoreLabel', { title })} onClick={() => restore(item)}>
                {t('binRestore')}
              </Button>
              <ConfirmButton
                label={t('binDelete')}
                fullLabel={t('binDeleteLabel', { title })}
                question={t('binQuestion')}
                tone="danger"
                onConfirm={() => deleteForGood(item)}
              />
            </li>
          );
        })}
      </ul>
      {page.next === null ? null : (
        <div className="pt-2 text-center">
          <Button onClick={() => attempt(() => load(page.next))}>{t('binMore')}</Button>
        </div>
      )}
    </>
  );
}
