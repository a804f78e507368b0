import { memo, type ReactNode } from 'react';

import type { Message } from '../../shared/contract/index.ts';
import { useFormat } from '../ui/use-format.ts';
import { useTranslation } from '../ui/use-translation.ts';

/** Who answered and how quickly, in one quiet line. */
export const MessageFooter = memo(function MessageFooter({ message }: { message: Message }): ReactNode {
  const { model, stats } = message;
  const { t } = useTranslation('chat');
  const format = useFormat();
  const facts = [model?.name];
  if (stats) {
    facts.push(t('stats.firstWord', { duration: format.duration(stats.firstWordMs) }));
    // One token more or less a second tells nothing about a fast model.
    const rounded =
      stats.tokensPerSecond < 10 ? Math.round(stats.tokensPerSecond * 10) / 10 : Math.round(stats.tokensPerSecond);
    if (rounded > 0) facts.push(t('stats.speed', { amount: format.number(rounded) }));
  }
  return <span className="truncate text-sm text-muted tabular-nums">{facts.filter(Boolean).join(' · ')}</span>;
});

/** Said where it matters: above the answer that was written without those messages. */
export function OmittedNote({ stats }: { stats: Message['stats'] }): ReactNode {
  const { t } = useTranslation('chat');
  const format = useFormat();
  if (stats === null || stats.omittedMessages === 0) return null;
  const words = { count: stats.omittedMessages, amount: format.number(stats.omittedMessages) };
  return <p className="mb-2 text-sm text-warning">{t('stats.omitted', words)}</p>;
}
