import { useEffect, useState, type ReactNode } from 'react';

import type { DocumentEmbedding, DocumentInfo, DocumentPageReport } from '../../shared/contract/index.ts';
import { useClient } from '../rpc/ConnectionProvider.tsx';
import type { ChosenTask } from './document-tasks.ts';
import { TaskButtons } from './TaskButtons.tsx';
import { classNames } from '../ui/class-names.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { useOpenDocument } from '../ui/open-document.ts';
import { useAttempt } from '../ui/use-attempt.ts';
import { useFormat } from '../ui/use-format.ts';
import { useLanguage, useTranslation } from '../ui/use-translation.ts';

interface DocumentReportProps {
  readonly document: DocumentInfo;
  /** Left out where nothing can be done with it. */
  readonly onTask?: (chosen: ChosenTask) => void;
  readonly onClose: () => void;
}

/** What was read of a file, page by page, and what was not. */
export function DocumentReport({ document, onTask, onClose }: DocumentReportProps): ReactNode {
  const { t } = useTranslation('documents');
  const language = useLanguage();
  const format = useFormat();
  const client = useClient();
  const attempt = useAttempt();
  const openDocument = useOpenDocument();
  const [pages, setPages] = useState<readonly DocumentPageReport[] | null>(null);
  const [embedding, setEmbedding] = useState<DocumentEmbedding | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let closed = false;
    const look = async (): Promise<void> => {
      const report = await client.documents.report({ documentId: document.id });
      if (closed) return;
      setPages(report.pages);
      setEmbedding(report.embedding);
      const isOpen = report.embedding !== null && report.embedding.state !== 'done';
      if (isOpen) timer = setTimeout(() => attempt(look), lookAgainMs);
    };
    attempt(look);
    return () => {
      closed = true;
      clearTimeout(timer);
    };
  }, [attempt, client, document.id]);
  const facts = [
    [t('size'), format.bytes(document.sizeBytes)],
    [t('pagesTitle'), format.number(document.pages)],
    [t('characters'), format.number(document.characters)],
    [t('passages'), format.number(document.passages)],
    [t('readIn'), format.duration(document.readMs)],
    ...(embedding === null
      ? []
      : [[t('byMeaning'), format.percent(embedding.embedded / Math.max(1, document.passages))] as const]),
  ] as const;
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={document.name}
      className="w-[min(560px,calc(100vw-32px))]"
    >
      <div className="min-h-0 overflow-y-auto px-4 pb-4">
        {document.problems.map((problem) => (
          <p
            key={`${problem.code} ${problem.text.en}`}
            className={classNames(
              'mb-2 rounded-md border border-hairline px-3 py-2',
              problem.severity === 'failed' && 'text-danger',
              problem.severity === 'partial' && 'text-warning',
            )}
          >
            {problem.text[language === 'zh' ? 'zh' : 'en']}
          </p>
        ))}
        <dl className="grid grid-cols-[repeat(auto-fit,minmax(96px,1fr))] gap-3 py-2">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt className="text-sm text-muted">{name}</dt>
              <dd className="tabular-nums">{value}</dd>
            </div>
          ))}
        </dl>
        {openDocument === undefined ? null : (
          <Button
            onClick={() => {
              onClose();
              openDocument({ documentId: document.id });
            }}
          >
            {t('open')}
          </Button>
        )}
        {onTask === undefined || !document.usable ? null : (
          <div className="py-1">
            <TaskButtons
              documents={[document]}
              onTask={(chosen) => {
                onClose();
                onTask(chosen);
              }}
            />
          </div>
        )}
        {embedding?.state === 'failed' ? (
          <p className="text-sm text-warning">{t('meaningFailed', { reason: embedding.reason ?? '' })}</p>
        ) : null}
        {pages === null || pages.length === 0 ? null : (
          <PageTable
            pages={pages}
            onOpen={
              openDocument &&
              ((page) => {
                onClose();
                openDocument({ documentId: document.id, page });
              })
            }
          />
        )}
      </div>
    </Dialog>
  );
}

/** What is still being worked on changes while one looks at it. */
const lookAgainMs = 2000;

/** More rows than this say nothing that their number does not. */
const mostRows = 500;

interface PageTableProps {
  readonly pages: readonly DocumentPageReport[];
  readonly onOpen: ((page: number) => void) | undefined;
}

function PageTable({ pages, onOpen }: PageTableProps): ReactNode {
  const { t } = useTranslation('documents');
  const format = useFormat();
  const recognised = pages.some((page) => page.recognised !== null);
  return (
    <table className="mt-2 w-full border-collapse text-left tabular-nums">
      <thead>
        <tr className="border-b border-hairline text-sm text-muted">
          <th className="py-1 font-normal">{t('page')}</th>
          <th className="py-1 text-right font-normal">{t('characters')}</th>
          <th className="py-1 text-right font-normal">{t('tables')}</th>
          <th className="py-1 text-right font-normal">{t('pictures')}</th>
          {recognised ? <th className="py-1 text-right font-normal">{t('recognised')}</th> : null}
        </tr>
      </thead>
      <tbody>
        {pages.slice(0, mostRows).map((page) => (
          <tr
            key={page.number}
            className={classNames('border-b border-hairline', page.characters === 0 && 'text-danger')}
          >
            <td className="max-w-[220px] truncate py-1">
              <PageName
                name={
                  page.label === null ? format.number(page.number) : `${format.number(page.number)} · ${page.label}`
                }
                onOpen={onOpen && (() => onOpen(page.number))}
              />
            </td>
            <td className="py-1 text-right">{format.number(page.characters)}</td>
            <td className="py-1 text-right">{format.number(page.tables)}</td>
            <td className="py-1 text-right">{format.number(page.pictures)}</td>
            {recognised ? (
              <td className="py-1 text-right">{page.recognised === null ? '' : format.percent(page.recognised)}</td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function PageName({ name, onOpen }: { readonly name: string; readonly onOpen: (() => void) | undefined }): ReactNode {
  const { t } = useTranslation('documents');
  if (onOpen === undefined) return name;
  return (
    <button
      type="button"
      aria-label={t('openPage', { page: name })}
      className="rounded-sm text-accent hover:underline"
      onClick={onOpen}
    >
      {name}
    </button>
  );
}
