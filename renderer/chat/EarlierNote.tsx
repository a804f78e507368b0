import type { ReactNode } from 'react';

import { Button } from '../ui/Button.tsx';
import type { Thread } from './thread.ts';
import { useThreadView } from './use-thread.ts';
import { useTranslation } from '../ui/use-translation.ts';

/** Lies over the top of the thread, so that coming and going it moves nothing. */
export function EarlierNote({ thread }: { thread: Thread }): ReactNode {
  const { t } = useTranslation('chat');
  const earlier = useThreadView(thread, (view) => view.earlier);
  if (earlier === 'idle') return null;
  return (
    <div
      role="status"
      className="popover-surface appear-late absolute top-2 left-1/2 z-10 flex min-h-7 -translate-x-1/2 items-center gap-2 rounded-lg px-3 py-1 text-sm"
    >
      {earlier === 'loading' ? t('earlier.loading') : t('earlier.failed')}
      {earlier === 'failed' ? <Button onClick={() => void thread.loadEarlier()}>{t('retry')}</Button> : null}
    </div>
  );
}
