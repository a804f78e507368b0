import { createConnection, type Connection } from './connection.ts';
import { createMessagePortTransport } from './message-port-transport.ts';
import { createWebSocketTransport } from './web-socket-transport.ts';

/** The line this page has: the desktop's message port, or the WebSocket of the host that served the page. */
export function connectBrowser(page: Window): Connection {
  const { protocol, host } = page.location;
  const served = protocol === 'http:' || protocol === 'https:';
  // In development the desktop window loads from the dev server, so the address alone does not tell.
  if (!served || page.navigator.userAgent.includes('Electron/')) {
    return createConnection(createMessagePortTransport(page));
  }
  const url = `${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}/rpc`;
  const connection = createConnection(createWebSocketTransport(url));
  page.addEventListener('online', () => connection.retryNow());
  page.document.addEventListener('visibilitychange', () => {
    if (page.document.visibilityState === 'visible') connection.retryNow();
  });
  return connection;
}
