import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

import type { Summary } from '../../shared/contract/index.ts';
import { useFormat } from '../ui/use-format.ts';
import { useTranslation } from '../ui/use-translation.ts';

interface SummaryLineProps {
  readonly summary: Summary;
  readonly onShow: (messageId: string) => void;
}

/** Below the last message that a summary covers: one line that opens, with what the model reads instead of them. */
export function SummaryLine({ summary, onShow }: SummaryLineProps): ReactNode {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const { messageCount, text, facts, origin } = summary;
  const title =
    origin === 'paste'
      ? t('summary.paste')
      : t('summary.line', { count: messageCount, amount: format.number(messageCount) });
  return (
    <details className="group/summary pointer-events-auto mx-auto max-w-[760px] px-6 py-2 text-sm text-muted">
      <summary className="flex cursor-default list-none items-center gap-3 rounded select-none before:h-px before:flex-1 before:bg-hairline after:h-px after:flex-1 after:bg-hairline hover:text-ink">
        <span className="flex items-center gap-1 tabular-nums">
          <ChevronRight
            aria-hidden
            className="size-3.5 transition-transform duration-100 group-open/summary:rotate-90"
          />
          {title}
        </span>
      </summary>
      <div className="mt-2 mb-3 flex flex-col gap-3 rounded-lg bg-fill px-4 py-3 text-ink select-text">
        <p className="text-muted">{t(origin === 'paste' ? 'summary.pasteInstead' : 'summary.instead')}</p>
        {text === '' ? null : <p className="max-h-80 overflow-y-auto break-words whitespace-pre-wrap">{text}</p>}
        {facts.length === 0 ? null : (
          <section aria-label={t('summary.facts')}>
            <h3 className="text-muted">{t('summary.facts')}</h3>
            <ul className="mt-1 flex max-h-80 flex-col gap-0.5 overflow-y-auto pb-1">
              {facts.map((fact) => (
                <li key={`${fact.messageId} ${fact.text}`}>
                  <button
                    type="button"
                    title={t('summary.show')}
                    className="rounded text-left break-words underline decoration-hairline underline-offset-4 hover:decoration-current"
                    onClick={() => onShow(fact.messageId)}
                  >
                    {fact.text}
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
        <button
          type="button"
          className="self-start rounded text-muted hover:text-ink"
          onClick={() => onShow(summary.firstMessageId)}
        >
          {t(origin === 'paste' ? 'summary.toMessage' : 'summary.toFirst')}
        </button>
      </div>
    </details>
  );
}
