import { useEffect, useRef, useState } from 'react';

import type { DesktopShell } from '../rpc/desktop-shell.ts';
import type { ShortcutReport } from '../settings/ShortcutSetting.tsx';
import { useToast } from '../ui/Toaster.tsx';
import type { Commands } from './use-commands.ts';
import { useTranslation } from '../ui/use-translation.ts';

/** Does what the desktop asks of this window. Returns what it last said about the global shortcut. */
export function useShellEvents(
  shell: DesktopShell | undefined,
  commands: Commands,
  open: (conversationId: string | null) => void,
): ShortcutReport | undefined {
  const { t } = useTranslation('app');
  const toast = useToast();
  const [shortcut, setShortcut] = useState<ShortcutReport>();
  const latest = useRef({ commands, open, toast, t });
  useEffect(() => {
    latest.current = { commands, open, toast, t };
  });
  useEffect(
    () =>
      shell?.onEvent((event) => {
        const now = latest.current;
        switch (event.type) {
          case 'openConversation':
            now.open(event.conversationId);
            return;
          case 'command':
            now.commands[event.command]();
            return;
          case 'shortcut':
            setShortcut({ accelerator: event.accelerator, state: event.state });
            return;
          case 'notice':
            now.toast({ text: now.t(`notice.${event.notice}`) });
            return;
          // Whoever asked listens.
          case 'folderChosen':
          case 'quickShown':
            return;
        }
      }),
    [shell],
  );
  return shortcut;
}
