import { FileText, TriangleAlert, Undo2, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';

import type { DocumentInfo } from '../../shared/contract/index.ts';
import { classNames } from '../ui/class-names.ts';
import { IconButton } from '../ui/IconButton.tsx';
import type { MenuItem } from '../ui/menu-item.ts';
import { ProgressLine } from '../ui/ProgressLine.tsx';
import { useErrorText } from '../ui/use-error-text.ts';
import { useFormat } from '../ui/use-format.ts';
import { useLanguage, useTranslation } from '../ui/use-translation.ts';
import { useAnalysisActions } from './analysis/use-analysis-actions.tsx';
import type { Attachment } from './attachments-store.ts';
import { useTaskItems, type ChosenTask } from './document-tasks.ts';
import { worstProblem } from './document-words.ts';
import { DocumentActions } from './DocumentActions.tsx';
import { DocumentReport } from './DocumentReport.tsx';

interface AttachmentChipsProps {
  readonly attachments: readonly Attachment[];
  readonly onRemove: (key: string) => void;
  readonly onTask: (chosen: ChosenTask) => void;
  /** A pasted text is to stand in the message after all. */
  readonly onPutBack: (key: string) => void;
}

/** The files above the message field, each with how its reading goes. */
export function AttachmentChips({ attachments, onRemove, onTask, onPutBack }: AttachmentChipsProps): ReactNode {
  const { t } = useTranslation('documents');
  const [shown, setShown] = useState<DocumentInfo | null>(null);
  if (attachments.length === 0) return null;
  return (
    <>
      <ul aria-label={t('attached')} className="flex flex-wrap gap-1.5 px-2.5 pt-2.5">
        {attachments.map((attachment) => (
          <Chip key={attachment.key} {...{ attachment, onRemove, onTask, onPutBack }} onShow={setShown} />
        ))}
      </ul>
      {shown === null ? null : <DocumentReport document={shown} onTask={onTask} onClose={() => setShown(null)} />}
    </>
  );
}

interface ChipProps {
  readonly attachment: Attachment;
  readonly onRemove: (key: string) => void;
  readonly onTask: (chosen: ChosenTask) => void;
  readonly onPutBack: (key: string) => void;
  readonly onShow: (document: DocumentInfo) => void;
}

function Chip({ attachment, onRemove, onTask, onPutBack, onShow }: ChipProps): ReactNode {
  const { t } = useTranslation('documents');
  const { name, state } = attachment;
  const document = state.kind === 'read' ? state.document : undefined;
  const failed = state.kind === 'failed' || document?.usable === false;
  const words = useStateWords(state);
  const tasks = useTaskItems(document?.usable === true ? [{ id: document.id, name }] : [], onTask);
  const fraction = fractionOf(state);
  return (
    <li
      className={classNames(
        'relative flex max-w-full items-center gap-1.5 overflow-hidden rounded-md border bg-fill py-0.5 pr-0.5 pl-2',
        failed ? 'border-danger/50' : 'border-hairline',
      )}
    >
      {failed ? (
        <TriangleAlert aria-hidden className="size-4 shrink-0 text-danger" />
      ) : (
        <FileText aria-hidden className="size-4 shrink-0 text-muted" />
      )}
      <button
        type="button"
        disabled={document === undefined}
        onClick={() => document && onShow(document)}
        className="flex min-w-0 items-baseline gap-2 text-left enabled:hover:underline"
      >
        <span className="max-w-[220px] truncate">{name}</span>
        <span className={classNames('max-w-[300px] truncate text-sm', failed ? 'text-danger' : 'text-muted')}>
          {words}
        </span>
      </button>
      {document === undefined ? null : <ReadActions document={document} tasks={tasks} onShow={onShow} />}
      {attachment.pasted === undefined ? null : (
        <IconButton label={t('putBack')} onClick={() => onPutBack(attachment.key)}>
          <Undo2 aria-hidden />
        </IconButton>
      )}
      <IconButton label={t('remove', { name })} onClick={() => onRemove(attachment.key)}>
        <X aria-hidden />
      </IconButton>
      {fraction === undefined ? null : (
        <div className="absolute inset-x-0 bottom-0">
          <ProgressLine label={t('readingFile', { name })} fraction={fraction} />
        </div>
      )}
    </li>
  );
}

interface ReadActionsProps extends Pick<ChipProps, 'onShow'> {
  readonly document: DocumentInfo;
  readonly tasks: readonly MenuItem[];
}

function ReadActions({ document, tasks, onShow }: ReadActionsProps): ReactNode {
  const { t } = useTranslation('documents');
  const analysis = useAnalysisActions(document);
  const report = { key: 'report', items: [{ label: t('showReport'), onSelect: () => onShow(document) }] };
  return <DocumentActions name={document.name} groups={[{ key: 'tasks', items: tasks }, analysis, report]} />;
}

function fractionOf(state: Attachment['state']): number | undefined {
  if (state.kind === 'handing') return state.fraction;
  return state.kind === 'reading' && state.pagesTotal !== null && state.pagesTotal > 0
    ? state.pagesRead / state.pagesTotal
    : undefined;
}

function useStateWords(state: Attachment['state']): string {
  const { t } = useTranslation('documents');
  const language = useLanguage();
  const format = useFormat();
  const errorText = useErrorText();
  switch (state.kind) {
    case 'waiting':
      return t('waiting');
    case 'handing':
      return t('handing', { percent: format.percent(state.fraction) });
    case 'reading':
      return state.pagesTotal === null
        ? t('reading')
        : t('readingPages', { read: format.number(state.pagesRead), total: format.number(state.pagesTotal) });
    case 'read': {
      const problem = worstProblem(state.document);
      if (problem !== undefined && problem.severity !== 'note') return problem.text[language === 'zh' ? 'zh' : 'en'];
      return t('pages', { count: state.document.pages });
    }
    case 'failed':
      return errorText(state.error);
  }
}
