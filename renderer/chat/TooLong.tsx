import type { ReactNode } from 'react';

import { messageLimitChars } from '../../shared/model/message-limit.ts';
import { useFormat } from '../ui/use-format.ts';
import { useTranslation } from '../ui/use-translation.ts';

/** Says by how much a text is too long to be sent. */
export function TooLong({ lengthChars }: { lengthChars: number }): ReactNode {
  const { t } = useTranslation('chat');
  const format = useFormat();
  if (lengthChars <= messageLimitChars) return null;
  return (
    <p role="alert" className="px-3.5 pt-2 text-sm text-danger">
      {t('composer.tooLong', {
        length: format.number(lengthChars),
        limit: format.number(messageLimitChars),
        excess: format.number(lengthChars - messageLimitChars),
      })}
    </p>
  );
}
