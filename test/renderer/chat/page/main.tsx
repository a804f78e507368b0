import './page.css';

import { StrictMode, useSyncExternalStore, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';

import type { ModelInfo } from '../../../../shared/contract/index.ts';
import { followTheme } from '../../../../renderer/app/appearance.ts';
import { chooseLanguage, createI18n } from '../../../../renderer/app/i18n.ts';
import { Providers } from '../../../../renderer/app/Providers.tsx';
import { ChatView } from '../../../../renderer/chat/ChatView.tsx';
import { connectBrowser } from '../../../../renderer/rpc/connect-browser.ts';

/** The chat view alone, as the app frames it. The address holds the conversation and the message to show: #id/message. */

function model(id: string, name: string): ModelInfo {
  return {
    id,
    name,
    path: `/models/${id}.gguf`,
    sizeBytes: 1e9,
    architecture: 'llama',
    parameters: 1e9,
    quantisation: 'Q4_K_M',
    trainedContextTokens: 4096,
    placeholder: false,
    source: 'library',
    state: { kind: 'onDisk' },
    expectedFirstWordMs: null,
  };
}
const models = [model('qwen', 'Qwen 3 8B'), model('gemma', 'Gemma 3 4B')];

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
  const [conversationId = '', foundMessageId = ''] = useHash().split('/');
  return (
    <main className="h-full">
      <h1 className="sr-only">Chat</h1>
      <ChatView
        conversationId={conversationId === '' ? null : conversationId}
        onConversationStarted={(id) => (location.hash = id)}
        models={models}
        foundMessageId={foundMessageId === '' ? null : foundMessageId}
      />
    </main>
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
