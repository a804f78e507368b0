import { useLayoutEffect, useRef, type ReactNode } from 'react';

import type { TurnProgress } from '../../shared/contract/index.ts';
import { useErrorText } from '../ui/use-error-text.ts';
import { useFormat } from '../ui/use-format.ts';
import type { QuickState } from './quick-store.ts';
import { useTranslation } from '../ui/use-translation.ts';

interface QuickAnswerProps {
  readonly state: QuickState;
  readonly renderAnswer: (text: string, running: boolean) => ReactNode;
}

export function QuickAnswer({ state, renderAnswer }: QuickAnswerProps): ReactNode {
  const { t } = useTranslation('quick');
  const errorText = useErrorText();
  const progress = useProgressWords();
  const { question, answer, error } = state;
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const text = answer?.text ?? '';
  const shownError = error ?? answer?.error ?? undefined;

  useLayoutEffect(() => {
    // Follows the growing answer, unless the person has scrolled back in it.
    if (atEnd.current) scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, [text]);

  const empty = question === '' && text === '' && shownError === undefined;
  return (
    <div
      ref={scroller}
      data-grows
      hidden={empty}
      tabIndex={empty ? -1 : 0}
      role="region"
      aria-label={t('answer')}
      className="min-h-0 flex-1 overflow-y-auto border-t border-hairline outline-none select-text"
      onScroll={(event) => {
        const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
        atEnd.current = scrollHeight - scrollTop - clientHeight < 24;
      }}
    >
      <div className="flex flex-col gap-2 px-4 py-3">
        <h2 className="sr-only">{t('answer')}</h2>
        {question === '' ? null : <p className="line-clamp-2 text-muted">{question}</p>}
        {text === '' ? null : renderAnswer(text, answer?.state === 'running')}
        {text === '' && state.progress !== null ? (
          <p role="status" className="text-muted tabular-nums">
            {progress(state.progress)}
          </p>
        ) : null}
        {shownError === undefined ? null : (
          <p role="alert" className="text-danger">
            {errorText(shownError)}
          </p>
        )}
      </div>
      {/* Said once, when it is whole: a voice that follows every word cannot be listened to. */}
      <p role="status" className="sr-only">
        {answer?.state === 'done' ? text : null}
      </p>
    </div>
  );
}

function useProgressWords(): (progress: TurnProgress) => string {
  const { t } = useTranslation('quick');
  const format = useFormat();
  return (progress) => {
    switch (progress.phase) {
      case 'queued':
        return t('queued', { count: progress.ahead });
      case 'starting':
        return t('starting');
      case 'restarting':
        return t('restarting');
      case 'growing':
        return t('growing', { amount: format.number(progress.contextTokens) });
      case 'routing':
        return t('routing');
      case 'callingTool':
        return t('callingTool', { tool: progress.toolName });
      case 'waitingForPermission':
        return t('waitingForPermission', { tool: progress.toolName });
      case 'loading':
        return t('loading', { name: progress.modelName, percent: format.percent(progress.fraction) });
      case 'reading':
        return t('reading', { read: format.number(progress.readTokens), total: format.number(progress.totalTokens) });
      case 'digesting':
        return t('digesting', { part: format.number(progress.part), parts: format.number(progress.parts) });
      case 'thinking':
        return t('thought');
      case 'answering':
        return t('thinking');
    }
  };
}
