import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { TurnProgress } from '../../shared/contract/index.ts';
import { useFormat } from '../ui/use-format.ts';
import { progressWords } from './progress-words.ts';

/** A wait shorter than this needs no clock. */
const patienceMs = 4_000;

/** One line that says what the running answer is doing, and after a while for how long. */
export function AnswerProgress({ progress, hasText }: { progress: TurnProgress | null; hasText: boolean }): ReactNode {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const elapsedMs = useElapsedMs();
  const words = progressWords(t, format, progress, hasText);
  const duration = format.duration(Math.floor(elapsedMs / 1000) * 1000);
  return (
    <p className="flex h-7 items-center gap-2 text-sm text-muted">
      <span aria-hidden className="size-1.5 shrink-0 animate-pulse rounded-full bg-accent" />
      <span className="truncate tabular-nums">
        {elapsedMs < patienceMs ? words : t('progress.elapsed', { words, duration })}
      </span>
    </p>
  );
}

/** Milliseconds since this answer began to run before our eyes, about once a second. */
function useElapsedMs(): number {
  const [startMs] = useState(() => performance.now());
  const [nowMs, setNowMs] = useState(startMs);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(performance.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return nowMs - startMs;
}
