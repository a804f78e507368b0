import './app/theme.css';

import { lazy, Suspense, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from './app/App.tsx';
import { followTheme } from './app/appearance.ts';
import { chooseLanguage, createI18n } from './app/i18n.ts';
import { QuickSurface } from './app/QuickSurface.tsx';
import { readRemembered, tryLocalStorage } from './app/remembered.ts';
import { createStores } from './app/stores.ts';
import { connectBrowser } from './rpc/connect-browser.ts';
import { isMac } from './ui/platform.ts';

const PrintSurface = lazy(async () => ({ default: (await import('./app/PrintSurface.tsx')).PrintSurface }));

const lines = connectBrowser(window);
const remembered = readRemembered(tryLocalStorage());
const words = createI18n(chooseLanguage(remembered.language, navigator.languages));
const asked = new URLSearchParams(location.search).get('surface');
const surface = asked === 'quick' || asked === 'print' ? asked : 'chat';

const { dataset } = document.documentElement;
dataset['surface'] = surface;
dataset['host'] = lines.shell ? 'desktop' : 'browser';
dataset['platform'] = isMac ? 'mac' : 'other';
// Paper is white.
followTheme(surface === 'print' ? 'light' : remembered.theme);

const root = document.getElementById('root');
if (!root) throw new Error('index.html lacks #root');
createRoot(root).render(page());

function page(): ReactNode {
  switch (surface) {
    case 'quick':
      return <QuickSurface lines={lines} words={words} />;
    case 'print':
      return (
        <Suspense>
          <PrintSurface lines={lines} words={words} />
        </Suspense>
      );
    case 'chat':
      return <App lines={lines} words={words} stores={createStores(lines.connection.client)} />;
  }
}
