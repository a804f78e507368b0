import type { ReactNode } from 'react';

import type { ThreadContext } from '../../shared/contract/index.ts';
import { useClient } from '../rpc/ConnectionProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { useAttempt } from '../ui/use-attempt.ts';
import { useErrorText } from '../ui/use-error-text.ts';
import { useTranslation } from '../ui/use-translation.ts';

interface FoldingNoteProps {
  readonly conversationId: string | null;
  readonly folding: ThreadContext['folding'];
}

/** Below the thread: why what lies far back could not be summarised, and a way to try again. */
export function FoldingNote({ conversationId, folding }: FoldingNoteProps): ReactNode {
  const { t } = useTranslation('chat');
  const client = useClient();
  const attempt = useAttempt();
  const errorText = useErrorText();
  if (folding.kind !== 'failed' || conversationId === null) return null;
  return (
    <p role="status" className="mx-auto flex w-full max-w-[760px] items-center gap-2 px-6 py-1 text-sm text-muted">
      <span className="min-w-0">{t('summary.failed', { reason: errorText(folding.error) })}</span>
      <Button onClick={() => attempt(() => client.context.retry({ conversationId }))}>{t('retry')}</Button>
    </p>
  );
}
