import type { TFunction } from 'i18next';
import { CircleAlert, Play, RotateCcw, Trash2 } from 'lucide-react';
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

/** Why an answer ended before its end, and the ways on. Nothing for one that is complete or still being written. */
export function AnswerNotice({ message, isLast, actions }: AnswerNoticeProps): ReactNode {
  const { t } = useTranslation('chat');
  const errorText = useErrorText();
  const ways = <WaysOn message={message} actions={actions} />;
  switch (message.state) {
    case 'running':
    case 'done':
      return null;
    case 'stopped':
      return (
        <Notice text={t('state.stopped')} isLast={isLast}>
          {ways}
        </Notice>
      );
    case 'interrupted':
      return (
        <Notice
          text={cutOffWords(t, message)}
          isLast={isLast}
          {...(message.error ? { detail: errorText(message.error) } : {})}
        >
          {ways}
        </Notice>
      );
    case 'failed':
      return (
        <Notice danger text={errorText(message.error)} isLast={isLast}>
          {ways}
        </Notice>
      );
  }
}

/** Continue, retry, discard. Where nothing was written there is nothing to continue, and retrying needs no new version. */
function WaysOn({ message, actions }: Pick<AnswerNoticeProps, 'message' | 'actions'>): ReactNode {
  const { t } = useTranslation('chat');
  const busy = useBusy();
  const hasWords = message.text !== '';
  return (
    <>
      {hasWords ? (
        <Button disabled={busy} onClick={() => actions.continueReply(message)}>
          <Play aria-hidden className="size-3.5" />
          {t('state.continue')}
        </Button>
      ) : null}
      <Button
        tone={hasWords ? 'quiet' : 'plain'}
        disabled={busy}
        onClick={() => (hasWords ? actions.regenerate(message, null) : actions.continueReply(message))}
      >
        <RotateCcw aria-hidden className="size-3.5" />
        {t('state.retry')}
      </Button>
      <Button tone="quiet" disabled={busy} onClick={() => actions.remove(message)}>
        <Trash2 aria-hidden className="size-3.5" />
        {t('state.discard')}
      </Button>
    </>
  );
}

function cutOffWords(t: TFunction<'chat'>, { text, interruptedIn }: Message): string {
  switch (interruptedIn?.phase) {
    case 'callingTool':
    case 'waitingForPermission':
      return t(`cutOff.${interruptedIn.phase}`, { tool: interruptedIn.toolName });
    case 'starting':
    case 'queued':
    case 'routing':
    case 'loading':
    case 'reading':
    case 'digesting':
      return t(text === '' ? `cutOff.${interruptedIn.phase}` : 'state.interrupted');
    case 'restarting':
    case 'growing':
      return t(text === '' ? 'cutOff.starting' : 'state.interrupted');
    case undefined:
    case 'thinking':
    case 'answering':
      return t('state.interrupted');
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
