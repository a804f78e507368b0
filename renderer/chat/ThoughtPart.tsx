import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

import type { Thought } from '../../shared/contract/index.ts';
import { useFormat } from '../ui/use-format.ts';
import { useTranslation } from '../ui/use-translation.ts';

/** What was thought before the answer: one line that opens, with the words as they were written. */
export function ThoughtPart({ thought, thinking }: { thought: Thought; thinking: boolean }): ReactNode {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const title = (): string => {
    if (thinking) return t('thought.running');
    if (thought.durationMs === null) return t('thought.unknown');
    return t('thought.lasted', { duration: format.duration(Math.max(1000, thought.durationMs)) });
  };
  return (
    <details className="group/thought mb-2 text-sm text-muted">
      <summary className="flex w-fit cursor-default list-none items-center gap-1 rounded select-none hover:text-ink">
        <ChevronRight aria-hidden className="size-3.5 transition-transform duration-100 group-open/thought:rotate-90" />
        <span className="tabular-nums">{title()}</span>
      </summary>
      <p className="mt-1 ml-[7px] border-l border-hairline pl-3 break-words whitespace-pre-wrap select-text">
        {thought.text}
      </p>
    </details>
  );
}
