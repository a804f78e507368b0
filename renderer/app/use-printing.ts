import { useCallback } from 'react';

import type { DesktopShell } from '../rpc/desktop-shell.ts';
import { printAddress } from './print-place.ts';

/** Null prints everything. `title` names the file. */
export type Print = (conversationId: string | null, title: string, to: 'pdf' | 'printer') => void;

/** On the desktop the shell prints; a browser opens the page to print beside this one and saves it as PDF itself. */
export function usePrinting(shell: DesktopShell | undefined): Print {
  return useCallback(
    (conversationId, title, to) => {
      if (shell) shell.send({ type: 'print', conversationId, title: title.slice(0, 200), to });
      else open(printAddress(conversationId), '_blank', 'noopener');
    },
    [shell],
  );
}
