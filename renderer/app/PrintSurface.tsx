import type { i18n } from 'i18next';
import { useMemo, type ReactNode } from 'react';

import type { Message } from '../../shared/contract/index.ts';
import { citedMarkdown } from '../../shared/model/documents/proof/cited-markdown.ts';
import { fetchBranch } from '../chat/fetch-branch.ts';
import { Markdown } from '../chat/Markdown.tsx';
import { useSourceWords } from '../chat/proof/use-source-words.ts';
import type { PrintedBranch } from '../print/printed.ts';
import { PrintView } from '../print/PrintView.tsx';
import type { Client } from '../rpc/client.ts';
import type { Lines } from '../rpc/connect-browser.ts';
import type { DesktopShell } from '../rpc/desktop-shell.ts';
import { Providers } from './Providers.tsx';
import { tryPrintPlace } from './print-place.ts';

const pageSize = 200;

/** A page of its own with conversations as they go on paper: the browser prints it, or the desktop does. */
export function PrintSurface({ lines, words }: { lines: Lines; words: i18n }): ReactNode {
  const { connection, shell } = lines;
  const loading = useMemo(() => createLoading(connection.client.chat), [connection]);
  const reporting = useMemo(() => createReporting(shell), [shell]);
  return (
    <Providers connection={connection} words={words}>
      <PrintView {...loading} {...reporting} renderAnswer={(message) => <PrintedAnswer message={message} />} />
    </Providers>
  );
}

/** On paper nothing opens: an answer carries the numbers of its sources, and their list under it. */
function PrintedAnswer({ message: { text, sources } }: { message: Message }): ReactNode {
  const words = useSourceWords();
  const whole = sources === undefined ? text : citedMarkdown(text, sources, words.name);
  return <Markdown text={whole} running={false} />;
}

function createLoading(chat: Client['chat']) {
  const place = tryPrintPlace(location.hash);
  return {
    async *load(signal: AbortSignal): AsyncGenerator<PrintedBranch> {
      if (place === undefined) throw new Error('The address names nothing to print.');
      const { conversationId } = place;
      if (conversationId !== null) {
        const branch = await fetchBranch(chat, conversationId);
        if (branch === undefined) throw new Error('The conversation is gone.');
        if (branch.conversation.title !== '') document.title = branch.conversation.title;
        yield branch;
        return;
      }
      for (let before: { conversationId: string } | null = null; ;) {
        const page: Awaited<ReturnType<typeof chat.list>> = await chat.list({ before, limit: pageSize }, { signal });
        for (const { id } of page.conversations) {
          const branch = await fetchBranch(chat, id);
          if (branch !== undefined) yield branch;
        }
        const last = page.conversations.at(-1);
        if (last === undefined) return;
        before = { conversationId: last.id };
      }
    },
    async countAll(): Promise<number> {
      if (place?.conversationId !== null) return 1;
      return (await chat.list({ before: null, limit: 1 })).total;
    },
  };
}

/** On the desktop nobody sees this page: what goes on is said to the shell, which prints it. */
function createReporting(shell: DesktopShell | undefined) {
  return {
    onProgress: (fraction: number): void => shell?.send({ type: 'printProgress', fraction }),
    onReady(): void {
      if (shell) shell.send({ type: 'printReady' });
      else print();
    },
    onFailed: (): void => shell?.send({ type: 'printFailed' }),
  };
}
