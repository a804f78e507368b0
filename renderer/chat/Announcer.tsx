import { useEffect, useState, type ReactNode } from 'react';

import type { MessageState } from '../../shared/contract/index.ts';
import { finishedSentences, plainWords } from './finished-sentences.ts';
import type { Thread } from './thread.ts';
import { runningMessage } from './thread-state.ts';
import { useTranslation } from '../ui/use-translation.ts';

/** Sentences that end within this time are read out together. */
const breathMs = 1_500;
const keptLines = 6;

interface Line {
  readonly id: number;
  readonly text: string;
}

/**
 * Reads a growing answer to a screen reader by whole sentences, a few at a time, and says how it ended. The thread
 * itself is not live: every word of it would interrupt the one before.
 */
export function Announcer({ thread }: { thread: Thread }): ReactNode {
  const { t } = useTranslation('chat');
  const [lines, setLines] = useState<readonly Line[]>([]);
  useEffect(() => {
    let nextId = 1;
    const say = (text: string): void => {
      if (text !== '') setLines((before) => [...before, { id: nextId++, text }].slice(-keptLines));
    };
    const ends: Readonly<Record<MessageState, string>> = {
      running: '',
      done: t('announce.finished'),
      stopped: t('announce.stopped'),
      interrupted: t('announce.interrupted'),
      // The reason stands in the thread and was announced by its own alert.
      failed: '',
    };
    let followed: { id: string; saidTo: number } | null = null;
    const listen = (): void => {
      const { messages } = thread.view.getState();
      const running = runningMessage(thread.view.getState());
      if (followed !== null && followed.id !== running?.id) {
        const { id, saidTo } = followed;
        const ended = messages.findLast((message) => message.id === id);
        if (ended) say(`${plainWords(ended.text.slice(saidTo))} ${ends[ended.state]}`.trim());
        followed = null;
      }
      // What was already there when it was opened can be read like any other text.
      if (running !== undefined) followed ??= { id: running.id, saidTo: running.text.length };
    };
    const breathe = (): void => {
      const running = runningMessage(thread.view.getState());
      if (followed === null || running?.id !== followed.id) return;
      const { spoken, to } = finishedSentences(running.text, followed.saidTo);
      followed.saidTo = to;
      say(spoken);
    };
    const unsubscribe = thread.view.subscribe(listen);
    const timer = setInterval(breathe, breathMs);
    return () => {
      unsubscribe();
      clearInterval(timer);
    };
  }, [thread, t]);
  return (
    <div role="status" aria-live="polite" aria-atomic="false" className="sr-only">
      {lines.map((line) => (
        <p key={line.id}>{line.text}</p>
      ))}
    </div>
  );
}
