import { createConnection, type Connection } from './connection.ts';
import { createDesktopShell, type DesktopShell } from './desktop-shell.ts';
import { createMessagePortTransport } from './message-port-transport.ts';
import { onPortHandOver } from './port-hand-over.ts';
import { createWebSocketTransport } from './web-socket-transport.ts';

export interface Lines {
  readonly connection: Connection;
  /** Undefined for a page that the headless host serves. */
  readonly shell: DesktopShell | undefined;
}

/** The lines this page has: the desktop's two ports, or the WebSocket of the host that served the page. */
export function connectBrowser(page: Window): Lines {
  const { protocol, host } = page.location;
  const served = protocol === 'http:' || protocol === 'https:';
  // In development the desktop window loads from the dev server, so the address alone does not tell.
  if (!served || page.navigator.userAgent.includes('Electron/')) return connectDesktop(page);

  const url = `${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}/rpc`;
  const connection = createConnection(createWebSocketTransport(url));
  page.addEventListener('online', () => connection.retryNow());
  page.document.addEventListener('visibilitychange', () => {
    if (page.document.visibilityState === 'visible') connection.retryNow();
  });
  return { connection, shell: undefined };
}

function connectDesktop(page: Window): Lines {
  const transport = createMessagePortTransport();
  const shell = createDesktopShell();
  onPortHandOver(page, ({ rpcPort, shellPort }) => {
    transport.offer(rpcPort);
    shell.attach(shellPort);
  });
  return { connection: createConnection(transport), shell };
}
