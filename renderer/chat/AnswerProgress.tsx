import { memo, useEffect, useState, type ReactNode } from 'react';

import type { TurnProgress } from '../../shared/contract/index.ts';
import { useFormat } from '../ui/use-format.ts';
import { progressWords } from './progress-words.ts';
import { useTranslation } from '../ui/use-translation.ts';

/** A wait shorter than this needs no clock. */
const patienceMs = 4_000;
const slowMs = 150;

interface AnswerProgressProps {
  /** The core does not have the question yet. */
  readonly pending: boolean;
  readonly progress: TurnProgress | null;
  readonly hasText: boolean;
}

/** One line that says what the running answer is doing, and after a while for how long. */
export const AnswerProgress = memo(function AnswerProgress({
  pending,
  progress,
  hasText,
}: AnswerProgressProps): ReactNode {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const elapsedMs = useElapsedMs();
  // What is over at once is not said: it could not be read, and would stand in front of the first word.
  const slow = useIsSlow();
  const words =
    slow && pending ? t('composer.sending') : progressWords(t, format, slow || hasText ? progress : null, hasText);
  return (
    <p className="flex h-7 items-center gap-2 text-sm text-muted">
      <span aria-hidden className="size-1.5 shrink-0 animate-pulse rounded-full bg-accent" />
      <span className="truncate tabular-nums">
        {elapsedMs < patienceMs
          ? words
          : t('progress.elapsed', { words, duration: format.duration(Math.floor(elapsedMs / 1000) * 1000) })}
      </span>
    </p>
  );
});

function useIsSlow(): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), slowMs);
    return () => clearTimeout(timer);
  }, []);
  return slow;
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
