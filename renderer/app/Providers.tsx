import type { i18n } from 'i18next';
import type { ReactNode } from 'react';
import { I18nextProvider } from 'react-i18next';

import { ConnectionProvider } from '../rpc/ConnectionProvider.tsx';
import type { Connection } from '../rpc/connection.ts';
import { ToastProvider } from '../ui/Toaster.tsx';
import { TooltipLayer } from '../ui/TooltipLayer.tsx';
import { WordsProvider } from '../ui/WordsProvider.tsx';

interface ProvidersProps {
  readonly connection: Connection;
  readonly words: i18n;
  readonly children: ReactNode;
}

export function Providers({ connection, words, children }: ProvidersProps): ReactNode {
  return (
    <I18nextProvider i18n={words}>
      <WordsProvider>
        <ConnectionProvider connection={connection}>
          <ToastProvider>{children}</ToastProvider>
          <TooltipLayer />
        </ConnectionProvider>
      </WordsProvider>
    </I18nextProvider>
  );
}
