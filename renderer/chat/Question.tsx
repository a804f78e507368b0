import { FileText } from 'lucide-react';
import { useCallback, useState, type ReactNode } from 'react';

import type { Message } from '../../shared/contract/index.ts';

import { Button } from '../ui/Button.tsx';
import { classNames } from '../ui/class-names.ts';
import { useBusy } from './busy.ts';
import { MessageEditor } from './MessageEditor.tsx';
import type { MessageBodyProps } from './message-body.ts';
import { MessageToolbar } from './MessageToolbar.tsx';
import { useTranslation } from '../ui/use-translation.ts';

/** A pasted text of this size would push the answer out of sight. */
const longChars = 1_500;
const longLines = 16;

/** One's own words, as they were written: no markdown, nothing added. */
export function Question(props: MessageBodyProps): ReactNode {
  const { message, isLast, pending, models, actions, words, editing, onEditing, found } = props;
  const { t } = useTranslation('chat');
  const [open, setOpen] = useState(false);
  if (found && !open) setOpen(true);
  const onEdit = useCallback(() => onEditing(message.text), [onEditing, message.text]);
  if (editing !== null) {
    return (
      <MessageEditor
        text={editing}
        onChange={onEditing}
        onCancel={() => onEditing(null)}
        onSave={async (text) => {
          if (await actions.edit(message, text)) onEditing(null);
        }}
      />
    );
  }
  if (message.task !== undefined) return <TaskQuestion {...props} onEdit={onEdit} />;
  const long = message.text.length > longChars || message.text.split('\n', longLines + 1).length > longLines;
  return (
    <div className="flex flex-col items-end">
      {message.documents === undefined ? null : <SentDocuments documents={message.documents} />}
      <div className="max-w-[85%] min-w-0 rounded-lg bg-fill px-3.5 py-2">
        <p
          className={classNames(
            'answer-text text-[14px] leading-[1.55] break-words whitespace-pre-wrap',
            long && !open && 'line-clamp-12',
          )}
        >
          {message.text}
        </p>
        {long ? (
          <button
            type="button"
            aria-expanded={open}
            className="mt-1 h-6 rounded-md font-medium text-accent hover:underline"
            onClick={() => setOpen(!open)}
          >
            {t(open ? 'question.less' : 'question.more')}
          </button>
        ) : null}
      </div>
      <div className="mt-0.5">
        {pending ? (
          <div className="h-7" />
        ) : (
          <MessageToolbar
            message={message}
            models={models}
            actions={actions}
            pinned={false}
            onEdit={onEdit}
            words={words}
          />
        )}
      </div>
      {isLast && !pending ? <Unanswered message={message} actions={actions} /> : null}
    </div>
  );
}

/** What was chosen from a menu is said in one line. */
function TaskQuestion(props: MessageBodyProps & { readonly onEdit: () => void }): ReactNode {
  const { message, isLast, models, actions, words, onEdit } = props;
  const unnamed = message.documents?.filter(({ name }) => !message.text.includes(name)) ?? [];
  return (
    <div className="flex flex-col items-end">
      {unnamed.length === 0 ? null : <SentDocuments documents={unnamed} />}
      <p className="flex max-w-[85%] min-w-0 items-center gap-2 rounded-lg border border-hairline px-3 py-1.5">
        <FileText aria-hidden className="size-4 shrink-0 text-muted" />
        <span className="min-w-0 break-words">{message.text}</span>
      </p>
      <div className="mt-0.5">
        <MessageToolbar
          message={message}
          models={models}
          actions={actions}
          pinned={false}
          onEdit={onEdit}
          words={words}
        />
      </div>
      {isLast ? <Unanswered message={message} actions={actions} /> : null}
    </div>
  );
}

/** Its answer was discarded. Late, because for a moment a question that was just sent has none either. */
function Unanswered({ message, actions }: Pick<MessageBodyProps, 'message' | 'actions'>): ReactNode {
  const { t } = useTranslation('chat');
  const busy = useBusy();
  if (busy) return null;
  return (
    <div className="appear-late mt-2 flex w-full items-center gap-3 rounded-md border border-hairline py-1.5 pr-1.5 pl-3">
      <p className="flex-1 text-muted">{t('question.unanswered')}</p>
      <Button onClick={() => actions.regenerate(message, null)}>{t('question.answer')}</Button>
    </div>
  );
}

function SentDocuments({ documents }: { readonly documents: NonNullable<Message['documents']> }): ReactNode {
  const { t } = useTranslation('chat');
  return (
    <ul aria-label={t('question.documents')} className="mb-1 flex max-w-[85%] flex-wrap justify-end gap-1.5">
      {documents.map(({ id, name }) => (
        <li
          key={id}
          className="flex max-w-full items-center gap-1.5 rounded-md border border-hairline px-2 py-0.5 text-sm"
        >
          <FileText aria-hidden className="size-3.5 shrink-0 text-muted" />
          <span className="truncate">{name}</span>
        </li>
      ))}
    </ul>
  );
}
