import type { ReactNode } from 'react';

import { useTranslation } from '../ui/use-translation.ts';

const examples = ['empty.first', 'empty.second', 'empty.third'] as const;

interface EmptyThreadProps {
  readonly controls: ReactNode;
  readonly onExample: (text: string) => void;
}

/** A new conversation: one line, the one thing worth knowing, and three ways to begin. */
export function EmptyThread({ controls, onExample }: EmptyThreadProps): ReactNode {
  const { t } = useTranslation('chat');
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center justify-center overflow-y-auto px-6 py-8">
      <h2 className="text-xl font-semibold tracking-tight">{t('empty.title')}</h2>
      <p className="mt-1 text-center text-muted">{t('empty.text')}</p>
      <ul aria-label={t('empty.examples')} className="mt-6 flex w-full max-w-[420px] flex-col">
        {examples.map((key) => (
          <li key={key} className="border-b border-hairline last:border-0">
            <button
              type="button"
              className="w-full rounded-md px-3 py-2.5 text-left text-ink hover:bg-fill"
              onClick={() => onExample(t(key))}
            >
              {t(key)}
            </button>
          </li>
        ))}
      </ul>
      {controls}
    </div>
  );
}
