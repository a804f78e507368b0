import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

import { Button } from '../ui/Button.tsx';
import { useErrorText } from '../ui/use-error-text.ts';
import { useTranslation } from '../ui/use-translation.ts';

/** Why the message below was not sent. It stays in the field; changing it takes this away. */
export function SendError(props: { error: unknown; canRetry: boolean; onRetry: () => void }): ReactNode {
  const { t } = useTranslation('chat');
  const errorText = useErrorText();
  return (
    <div
      role="alert"
      className="mb-2 flex items-start gap-2 rounded-lg border border-hairline bg-raised py-2 pr-2 pl-3"
    >
      <CircleAlert aria-hidden className="mt-1 size-4 shrink-0 text-danger" />
      <p className="min-w-0 flex-1 py-0.5 break-words">
        <span className="font-medium">{t('composer.notSent')}</span> {errorText(props.error)}
      </p>
      <Button disabled={!props.canRetry} onClick={props.onRetry}>
        {t('retry')}
      </Button>
    </div>
  );
}
