import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useStore } from 'zustand';

import { useClient } from '../rpc/ConnectionProvider.tsx';
import type { DesktopShell } from '../rpc/desktop-shell.ts';
import { QuickAnswer } from './QuickAnswer.tsx';
import { QuickField } from './QuickField.tsx';
import { QuickFooter } from './QuickFooter.tsx';
import { createQuickStore } from './quick-store.ts';
import { useWindowHeight } from './use-window-height.ts';
import { useTranslation } from '../ui/use-translation.ts';

export interface QuickChatProps {
  /** Undefined in a browser, where there is no window to hide. */
  readonly shell: DesktopShell | undefined;
  readonly renderAnswer: (text: string, running: boolean) => ReactNode;
  readonly onContinue: (conversationId: string | null) => void;
}

/** After this long out of sight, the next question is about something else. */
const forgetAfterMs = 10 * 60_000;

export function QuickChat({ shell, renderAnswer, onContinue }: QuickChatProps): ReactNode {
  const { t } = useTranslation('quick');
  const client = useClient();
  const [store] = useState(() => createQuickStore(client));
  const state = useStore(store);
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const recalled = useRef(0);
  const hiddenAtMs = useRef<number | null>(null);
  const running = state.answer?.state === 'running' || state.progress !== null;
  const surface = useWindowHeight(shell);

  useEffect(() => store.dispose, [store]);
  useEffect(
    () =>
      shell?.onEvent((event) => {
        if (event.type !== 'quickShown') return;
        const hiddenForMs = hiddenAtMs.current === null ? 0 : Date.now() - hiddenAtMs.current;
        if (hiddenForMs > forgetAfterMs) store.getState().startOver();
        hiddenAtMs.current = null;
        field.current?.focus();
        field.current?.select();
      }),
    [shell, store],
  );

  const send = async (): Promise<boolean> => {
    if (text.trim() === '') return true;
    if (running || state.sending) return false;
    const sent = await state.send(text);
    recalled.current = 0;
    if (sent) setText('');
    return sent;
  };
  const continueInWindow = async (): Promise<void> => {
    if (await send()) onContinue(store.getState().conversationId);
  };
  const recall = (step: 1 | -1): void => {
    const next = recalled.current + step;
    const found = next === 0 ? '' : state.asked.at(-next);
    if (next < 0 || found === undefined) return;
    recalled.current = next;
    setText(found);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    // Safari ends the composition of a Chinese word before its Enter arrives, marked by this code alone.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const unchanged = text === '' || text === state.asked.at(-recalled.current);
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void continueInWindow();
    else if (event.key === 'Enter' && !event.shiftKey) void send();
    else if (event.key === 'ArrowUp' && unchanged) recall(1);
    else if (event.key === 'ArrowDown' && unchanged) recall(-1);
    else return;
    event.preventDefault();
  };
  const onEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing || event.defaultPrevented) return;
    event.preventDefault();
    hiddenAtMs.current = Date.now();
    shell?.send({ type: 'hideQuick' });
  };

  return (
    <main ref={surface} aria-label={t('quickChat')} className="flex max-h-dvh flex-col bg-canvas" onKeyDown={onEscape}>
      <h1 className="sr-only">{t('quickChat')}</h1>
      <QuickField
        fieldRef={field}
        text={text}
        running={running}
        onChange={(next) => {
          recalled.current = 0;
          setText(next);
        }}
        onKeyDown={onKeyDown}
        onSend={() => void send()}
        onStop={() => void state.stop()}
      />
      <QuickAnswer state={state} renderAnswer={renderAnswer} />
      <QuickFooter
        canHide={shell !== undefined}
        answer={state.answer?.text ?? ''}
        onContinue={() => void continueInWindow()}
      />
    </main>
  );
}
