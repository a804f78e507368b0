import { CircleAlert, Play, RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { Message } from '../../shared/contract/index.ts';
import { Button } from '../ui/Button.tsx';
import { useErrorText } from '../ui/use-error-text.ts';
import type { MessageActions } from './message-actions.ts';

export interface AnswerNoticeProps {
  readonly message: Message;
  /** An answer is being written; nothing else can begin. */
  readonly busy: boolean;
  readonly actions: MessageActions;
}

/** Why an answer ended before its end, and the way on. Nothing for one that is complete or still being written. */
export function AnswerNotice({ message, busy, actions }: AnswerNoticeProps): ReactNode {
  const { t } = useTranslation('chat');
  const errorText = useErrorText();
  const proceed = (label: string): ReactNode => (
    <Button disabled={busy} onClick={() => actions.continueReply(message)}>
      <Play aria-hidden className="size-3.5" />
      {label}
    </Button>
  );
  const again = (
    <Button tone="quiet" disabled={busy} onClick={() => actions.regenerate(message, null)}>
      <RotateCcw aria-hidden className="size-3.5" />
      {t('state.regenerate')}
    </Button>
  );
  switch (message.state) {
    case 'running':
    case 'done':
      return null;
    case 'stopped':
      return (
        <Notice text={t('state.stopped')}>
          {proceed(t('state.continue'))}
          {again}
        </Notice>
      );
    case 'interrupted':
      return (
        <Notice text={t('state.interrupted')} {...(message.error ? { detail: errorText(message.error) } : {})}>
          {proceed(t('state.continue'))}
          {again}
        </Notice>
      );
    case 'failed':
      return (
        <Notice danger text={errorText(message.error)}>
          {proceed(t('retry'))}
        </Notice>
      );
  }
}

function Notice(props: { text: string; detail?: string; danger?: boolean; children: ReactNode }): ReactNode {
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md border border-hairline px-3 py-2">
      <div className="flex min-w-48 flex-1 gap-2">
        {props.danger === true ? <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" /> : null}
        <div className="min-w-0 break-words">
          <p className={props.danger === true ? 'text-ink' : 'text-muted'}>{props.text}</p>
          {props.detail ? <p className="text-sm text-muted">{props.detail}</p> : null}
        </div>
      </div>
      <div className="flex gap-1">{props.children}</div>
    </div>
  );
}
