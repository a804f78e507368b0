import './app/theme.css';

import { createRoot } from 'react-dom/client';

import { App } from './app/App.tsx';
import { followTheme } from './app/appearance.ts';
import { chooseLanguage, createI18n } from './app/i18n.ts';
import { QuickSurface } from './app/QuickSurface.tsx';
import { readRemembered, tryLocalStorage } from './app/remembered.ts';
import { createStores } from './app/stores.ts';
import { connectBrowser } from './rpc/connect-browser.ts';
import { isMac } from './ui/platform.ts';

const lines = connectBrowser(window);
const remembered = readRemembered(tryLocalStorage());
const words = createI18n(chooseLanguage(remembered.language, navigator.languages));
const surface = new URLSearchParams(location.search).get('surface') === 'quick' ? 'quick' : 'chat';

const { dataset } = document.documentElement;
dataset['surface'] = surface;
dataset['host'] = lines.shell ? 'desktop' : 'browser';
dataset['platform'] = isMac ? 'mac' : 'other';
followTheme(remembered.theme);

const root = document.getElementById('root');
if (!root) throw new Error('index.html lacks #root');
createRoot(root).render(
  surface === 'quick' ? (
    <QuickSurface lines={lines} words={words} />
  ) : (
    <App lines={lines} words={words} stores={createStores(lines.connection.client)} />
  ),
);
