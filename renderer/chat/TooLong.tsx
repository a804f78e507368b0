import { useMemo, type ReactNode } from 'react';

import { estimateTokens } from '../../shared/model/estimate-tokens.ts';
import { messageLimitChars } from '../../shared/model/message-limit.ts';
import { useFormat } from '../ui/use-format.ts';
import { useTranslation } from '../ui/use-translation.ts';

/** How much a model can read at a time. */
export interface ModelWindow {
  readonly name: string;
  readonly tokens: number;
}

interface TooLongProps {
  readonly text: string;
  readonly answering?: ModelWindow | undefined;
}

/** Says by how much a text is too long to be sent, or that the model cannot read all of it at once. */
export function TooLong({ text, answering }: TooLongProps): ReactNode {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const tokens = useMemo(() => (answering ? tokensBeyond(text, answering.tokens) : undefined), [text, answering]);
  if (text.length > messageLimitChars) {
    return (
      <p role="alert" className="px-3.5 pt-2 text-sm text-danger">
        {t('composer.tooLong', {
          length: format.number(text.length),
          limit: format.number(messageLimitChars),
          excess: format.number(text.length - messageLimitChars),
        })}
      </p>
    );
  }
  if (tokens === undefined || answering === undefined) return null;
  return (
    <p role="status" className="px-3.5 pt-2 text-sm text-muted">
      {t('composer.beyondWindow', {
        name: answering.name,
        tokens: format.number(tokens),
        window: format.number(answering.tokens),
      })}
    </p>
  );
}

/** About how many tokens a text is, when they are more than a window has. */
function tokensBeyond(text: string, windowTokens: number): number | undefined {
  // A unit is never more than three bytes, and a text never more tokens than bytes: most need not be counted.
  if (text.length * 3 <= windowTokens) return undefined;
  const tokens = estimateTokens(text);
  return tokens > windowTokens ? tokens : undefined;
}
