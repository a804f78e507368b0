import { useCallback, useState, type ReactNode } from 'react';

import type { DocumentInfo, DocumentTable } from '../../../shared/contract/index.ts';
import { useClient } from '../../rpc/ConnectionProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { savePreparedFile } from '../../ui/save-prepared-file.ts';
import { useAttempt } from '../../ui/use-attempt.ts';
import { useErrorText } from '../../ui/use-error-text.ts';
import { useFormat } from '../../ui/use-format.ts';
import { useTranslation } from '../../ui/use-translation.ts';
import { useAnswer } from './use-answer.ts';

interface TablesDialogProps {
  readonly document: DocumentInfo;
  readonly onClose: () => void;
}

/** The tables of a document, each with its beginning, to save as CSV. */
export function TablesDialog({ document, onClose }: TablesDialogProps): ReactNode {
  const { t } = useTranslation('analysis');
  const client = useClient();
  const attempt = useAttempt();
  const errorText = useErrorText();
  const [guardFormulas, setGuardFormulas] = useState(true);
  const [saved, setSaved] = useState<string | null>(null);
  const documentId = document.id;
  const ask = useCallback(
    (signal: AbortSignal) => client.analysis.tables({ documentId }, { signal }),
    [client, documentId],
  );
  const { value, error } = useAnswer(ask);
  const tables = value?.tables ?? [];
  const save = (indices: number[]): void =>
    attempt(async () => {
      const file = await client.analysis.saveTables({ documentId, tables: indices, guardFormulas });
      savePreparedFile(file);
      setSaved(file.name);
    });
  return (
    <Dialog
      open
      title={t('tables.title', { name: document.name })}
      className="w-[min(760px,calc(100vw-32px))]"
      onOpenChange={(open) => (open ? undefined : onClose())}
    >
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-3">
        {error === null ? null : <p className="text-danger">{errorText(error)}</p>}
        {value !== null && tables.length === 0 ? <p className="py-4">{t('tables.none')}</p> : null}
        <ul>
          {tables.map((table) => (
            <TableRow key={table.index} table={table} onSave={() => save([table.index])} />
          ))}
        </ul>
      </div>
      {tables.length === 0 ? null : (
        <div className="flex shrink-0 flex-wrap items-center gap-3 border-t border-hairline px-4 py-3">
          <label className="flex min-w-0 flex-1 basis-64 items-center gap-2 text-sm">
            <input
              type="checkbox"
              checked={guardFormulas}
              onChange={() => setGuardFormulas(!guardFormulas)}
              className="size-4 shrink-0 accent-(--accent)"
            />
            {t('tables.guard')}
          </label>
          <p role="status" className="text-sm text-muted">
            {saved === null ? null : t('tables.saved', { name: saved })}
          </p>
          {tables.length > 1 ? (
            <Button tone="primary" onClick={() => save(tables.map(({ index }) => index).slice(0, 2000))}>
              {t('tables.saveAll')}
            </Button>
          ) : null}
        </div>
      )}
    </Dialog>
  );
}

function TableRow({ table, onSave }: { readonly table: DocumentTable; readonly onSave: () => void }): ReactNode {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const title = table.title === '' ? t('tables.untitled', { number: format.number(table.index + 1) }) : table.title;
  return (
    <li className="border-t border-hairline py-3 first:border-t-0">
      <div className="flex items-baseline gap-3">
        <h3 className="min-w-0 truncate font-semibold">{title}</h3>
        <p className="flex-1 text-sm whitespace-nowrap text-muted">
          {t('page', { page: format.number(table.page) })} ·{' '}
          {t('tables.size', { rows: format.number(table.rows), columns: format.number(table.columns) })}
        </p>
        <Button aria-label={t('tables.saveOne', { title })} onClick={onSave}>
          {t('tables.save')}
        </Button>
      </div>
      <div
        role="region"
        aria-label={title}
        tabIndex={0}
        className="mt-2 overflow-x-auto rounded-md border border-hairline"
      >
        <table className="w-full border-collapse text-left text-sm">
          {table.header === null ? null : (
            <thead>
              <tr className="bg-fill">
                {table.header.map((cell, index) => (
                  <th key={index} className="px-2 py-1 font-medium">
                    {cell}
                  </th>
                ))}
              </tr>
            </thead>
          )}
          <tbody>
            {table.preview.map((row, number) => (
              <tr key={number} className="border-t border-hairline">
                {row.map((cell, index) => (
                  <td key={index} className="px-2 py-1">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </li>
  );
}
