import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';

import './print.css';
import type { Message } from '../../shared/contract/index.ts';
import { Button } from '../ui/Button.tsx';
import { ProgressLine } from '../ui/ProgressLine.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useTranslation } from '../ui/use-translation.ts';
import { planParts, type PrintedBranch, type PrintPart } from './printed.ts';
import { PrintedPart } from './PrintedPart.tsx';

export interface PrintViewProps {
  /** The conversations, one after the other. */
  readonly load: (signal: AbortSignal) => AsyncIterable<PrintedBranch>;
  /** How many there are about; 1 for a single one. */
  readonly countAll: () => Promise<number>;
  readonly renderAnswer: (message: Message) => ReactNode;
  /** 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
  /** Everything stands on the page. */
  readonly onReady: () => void;
  readonly onFailed: (error: unknown) => void;
}

interface Progress {
  readonly state: 'preparing' | 'ready' | 'failed';
  readonly conversations: number;
  readonly total: number;
  readonly messages: number;
}

const beginning: Progress = { state: 'preparing', conversations: 0, total: 1, messages: 0 };

/** Conversations as they go on paper. They are laid out a few messages at a time, so nothing waits for the whole. */
export function PrintView(props: PrintViewProps): ReactNode {
  const { load, countAll, renderAnswer, onProgress, onReady, onFailed } = props;
  const [parts, setParts] = useState<readonly PrintPart[]>([]);
  const [progress, setProgress] = useState(beginning);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const stop = new AbortController();
    const fill = async (): Promise<void> => {
      setParts([]);
      let now: Progress = { ...beginning, total: Math.max(1, await countAll()) };
      for await (const branch of load(stop.signal)) {
        let messages = 0;
        for (const part of planParts(branch)) {
          stop.signal.throwIfAborted();
          messages += part.messages.length;
          now = { ...now, messages: now.messages + part.messages.length };
          flushSync(() => {
            setParts((before) => [...before, part]);
            setProgress(now);
          });
          const inside = branch.messages.length === 0 ? 1 : messages / branch.messages.length;
          onProgress?.(Math.min(1, (now.conversations + inside) / now.total));
          await nextTask();
        }
        now = { ...now, conversations: now.conversations + 1 };
      }
      await document.fonts.ready;
      stop.signal.throwIfAborted();
      flushSync(() => setProgress({ ...now, state: 'ready' }));
      onReady();
    };
    fill().catch((error: unknown) => {
      if (stop.signal.aborted) return;
      setProgress({ ...beginning, state: 'failed' });
      onFailed(error);
    });
    return () => stop.abort();
  }, [attempt, load, countAll, onProgress, onReady, onFailed]);

  const onAgain = useCallback(() => setAttempt((before) => before + 1), []);
  return (
    <>
      <Bar progress={progress} empty={parts.length === 0} onAgain={onAgain} />
      <main className="printed" data-print-state={progress.state}>
        {parts.map((part) => (
          <PrintedPart key={part.key} part={part} renderAnswer={renderAnswer} />
        ))}
      </main>
    </>
  );
}

/** What is not printed: how far it is, and the button. */
function Bar(props: { progress: Progress; empty: boolean; onAgain: () => void }): ReactNode {
  const { progress, empty } = props;
  const { t } = useTranslation('print');
  const format = useFormat();
  const { state, conversations, total, messages } = progress;
  const preparing =
    total > 1
      ? t('preparingOf', { shown: format.number(conversations + 1), total: format.number(total) })
      : t('preparing', { shown: format.number(messages) });
  const text = state === 'preparing' ? preparing : t(state === 'failed' ? 'failed' : empty ? 'nothing' : 'ready');
  return (
    <div className="print-bar" role="region" aria-label={t('title')}>
      <div className="min-w-0 flex-1">
        <p role="status">{text}</p>
        {state === 'preparing' && total > 1 ? <ProgressLine label={text} fraction={conversations / total} /> : null}
      </div>
      {state === 'failed' ? <Button onClick={props.onAgain}>{t('again')}</Button> : null}
      {state === 'ready' && !empty ? (
        <Button tone="primary" onClick={() => print()}>
          {t('print')}
        </Button>
      ) : null}
    </div>
  );
}

/** Timers run late in a page that nobody sees; messages do not. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(null);
  });
}
