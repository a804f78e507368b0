import { CircleAlert, Play, RotateCcw, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

import type { Message } from '../../shared/contract/index.ts';
import { Button } from '../ui/Button.tsx';
import { useErrorText } from '../ui/use-error-text.ts';
import { useBusy } from './busy.ts';
import type { MessageActions } from './message-actions.ts';
import { useTranslation } from '../ui/use-translation.ts';

export interface AnswerNoticeProps {
  readonly message: Message;
  /** What follows it was written without its end, so only the last answer can be gone on with. */
  readonly isLast: boolean;
  readonly actions: MessageActions;
}

/** Why an answer ended before its end, and the way on. Nothing for one that is complete or still being written. */
export function AnswerNotice({ message, isLast, actions }: AnswerNoticeProps): ReactNode {
  const { t } = useTranslation('chat');
  const errorText = useErrorText();
  const busy = useBusy();
  const proceed = (Icon: LucideIcon, label: string): ReactNode => (
    <Button disabled={busy} onClick={() => actions.continueReply(message)}>
      <Icon aria-hidden className="size-3.5" />
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
        <Notice text={t('state.stopped')} isLast={isLast}>
          {proceed(Play, t('state.continue'))}
          {again}
        </Notice>
      );
    case 'interrupted':
      return (
        <Notice
          text={t('state.interrupted')}
          isLast={isLast}
          {...(message.error ? { detail: errorText(message.error) } : {})}
        >
          {proceed(Play, t('state.continue'))}
          {again}
        </Notice>
      );
    case 'failed':
      return (
        <Notice danger text={errorText(message.error)} isLast={isLast}>
          {proceed(RotateCcw, t('retry'))}
        </Notice>
      );
  }
}

interface NoticeProps {
  readonly text: string;
  readonly detail?: string;
  readonly danger?: boolean;
  readonly isLast: boolean;
  readonly children: ReactNode;
}

function Notice(props: NoticeProps): ReactNode {
  if (!props.isLast) return <p className="mt-1 text-sm break-words text-muted">{props.text}</p>;
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md border border-hairline py-1.5 pr-1.5 pl-3">
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
