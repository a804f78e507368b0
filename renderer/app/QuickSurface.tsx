import type { i18n } from 'i18next';
import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';

import { AnswerText } from '../chat/AnswerText.tsx';
import type { Lines } from '../rpc/connect-browser.ts';
import { createSettingsStore } from '../settings/settings-store.ts';
import { Providers } from './Providers.tsx';
import { useAppearance } from './use-appearance.ts';

const QuickChat = lazy(async () => ({ default: (await import('../quick/QuickChat.tsx')).QuickChat }));

/** The quick window: nothing but its field and the answer to it. */
export function QuickSurface({ lines, words }: { lines: Lines; words: i18n }): ReactNode {
  const [settings] = useState(() => createSettingsStore(lines.connection.client));
  useAppearance(
    useStore(settings, (state) => state.settings),
    words,
  );
  useEffect(() => settings.dispose, [settings]);
  return (
    <Providers connection={lines.connection} words={words}>
      <Suspense>
        <QuickChat
          renderAnswer={(text, running) => <AnswerText text={text} running={running} />}
          shell={lines.shell}
          onContinue={(conversationId) => {
            if (lines.shell) lines.shell.send({ type: 'continueInWindow', conversationId });
            else location.assign(conversationId === null ? './' : `./#/c/${encodeURIComponent(conversationId)}`);
          }}
        />
      </Suspense>
    </Providers>
  );
}
