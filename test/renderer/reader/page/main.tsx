import './page.css';

import { StrictMode, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';

import { followTheme } from '../../../../renderer/app/appearance.ts';
import { chooseLanguage, createI18n } from '../../../../renderer/app/i18n.ts';
import { Providers } from '../../../../renderer/app/Providers.tsx';
import { ReaderPane } from '../../../../renderer/reader/ReaderPane.tsx';
import { connectBrowser } from '../../../../renderer/rpc/connect-browser.ts';

/** The pane alone. The address holds the place to show: #document/seq/page/quote. */

function useHash(): string {
  return useSyncExternalStore(
    (onChange) => {
      addEventListener('hashchange', onChange);
      return () => removeEventListener('hashchange', onChange);
    },
    () => location.hash.slice(1),
  );
}

function Page(): ReactNode {
  const hash = useHash();
  const [message, setMessage] = useState('');
  const place = useMemo(() => {
    const [documentId = '', seq = '', page = '', quote = ''] = hash.split('/').map(decodeURIComponent);
    return {
      documentId,
      ...(seq === '' ? {} : { seq: Number(seq) }),
      ...(page === '' ? {} : { page: Number(page) }),
      ...(quote === '' ? {} : { quote }),
    };
  }, [hash]);
  return (
    <div className="flex h-full">
      <main className="min-w-0 flex-1 p-4">
        <h1 className="sr-only">Reader</h1>
        <textarea aria-label="Message" className="w-full bg-fill" rows={8} value={message} readOnly />
      </main>
      <div className="w-[600px] border-l border-hairline">
        {place.documentId === '' ? null : (
          <ReaderPane place={place} onClose={() => (location.hash = '')} onAsk={setMessage} />
        )}
      </div>
    </div>
  );
}

followTheme('system');
const language = chooseLanguage('system', navigator.languages);
document.documentElement.lang = language;
const root = document.getElementById('root');
if (!root) throw new Error('index.html lacks #root');
createRoot(root).render(
  <StrictMode>
    <Providers connection={connectBrowser(window).connection} words={createI18n(language)}>
      <Page />
    </Providers>
  </StrictMode>,
);
