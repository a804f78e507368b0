import type { i18n } from 'i18next';
import type { ReactNode } from 'react';

import type { Lines } from '../rpc/connect-browser.ts';
import { ChatWindow } from './ChatWindow.tsx';
import { Providers } from './Providers.tsx';
import type { Stores } from './stores.ts';

interface AppProps {
  readonly lines: Lines;
  readonly words: i18n;
  readonly stores: Stores;
}

export function App({ lines, words, stores }: AppProps): ReactNode {
  return (
    <Providers connection={lines.connection} words={words}>
      <ChatWindow shell={lines.shell} words={words} stores={stores} />
    </Providers>
  );
}
