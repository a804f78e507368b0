import type { ReactNode, RefObject } from 'react';

import type { ModelInfo } from '../../shared/contract/index.ts';
import { useClient } from '../rpc/ConnectionProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { useAttempt } from '../ui/use-attempt.ts';
import { useErrorText } from '../ui/use-error-text.ts';
import type { MessageActions } from './message-actions.ts';
import type { Thread } from './thread.ts';
import { ThreadLog, type ThreadLogHandle } from './ThreadLog.tsx';
import { useThreadView } from './use-thread.ts';
import { useTranslation } from '../ui/use-translation.ts';

export interface ThreadBodyProps {
  readonly thread: Thread | undefined;
  readonly log: RefObject<ThreadLogHandle | null>;
  readonly models: readonly ModelInfo[];
  readonly actions: MessageActions;
  readonly busy: boolean;
  readonly foundMessageId: string | null;
}

/** The thread of an existing conversation, or why it is not there. */
export function ThreadBody({ thread, log, ...rest }: ThreadBodyProps): ReactNode {
  const { t } = useTranslation('chat');
  const client = useClient();
  const attempt = useAttempt();
  const errorText = useErrorText();
  const phase = useThreadView(thread, (view) => view.phase);
  const failure = useThreadView(thread, (view) => view.failure);

  if (phase === 'removed') {
    const restore = async (): Promise<void> => {
      const conversationId = thread?.conversationId ?? null;
      if (conversationId === null) return;
      await client.chat.restore({ conversationId });
      thread?.reload();
    };
    return (
      <Middle>
        <EmptyState title={t('removed.title')} text={t('removed.text')}>
          <Button onClick={() => attempt(restore)}>{t('removed.restore')}</Button>
        </EmptyState>
      </Middle>
    );
  }
  if (failure !== null) {
    return (
      <Middle>
        <EmptyState title={errorText(failure)}>
          <Button onClick={() => thread?.reload()}>{t('retry')}</Button>
        </EmptyState>
      </Middle>
    );
  }
  if (thread === undefined || phase === 'loading') {
    return (
      <Middle>
        <p role="status" className="appear-late text-muted">
          {t('loading')}
        </p>
      </Middle>
    );
  }
  return <ThreadLog thread={thread} ref={log} {...rest} />;
}

function Middle({ children }: { children: ReactNode }): ReactNode {
  return <div className="flex min-h-0 flex-1 flex-col items-center justify-center">{children}</div>;
}
