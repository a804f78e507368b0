import { createServer, type RequestListener } from 'node:http';

import { WebSocketServer } from 'ws';

import type { Log } from '../../electron/ports.ts';
import { createConnection } from '../../electron/rpc/connection.ts';
import { createRouter, type RouterServices } from '../../electron/rpc/router.ts';

export interface FakeBackend extends AsyncDisposable {
  readonly port: number;
  /** Breaks every line as a crash would; new ones are taken at once. */
  dropConnections(): void;
}

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** The real router over a real WebSocket on loopback, without the sign-in of the headless host. */
export async function startFakeBackend(
  services: RouterServices,
  options: { port?: number; respond?: RequestListener } = {},
): Promise<FakeBackend> {
  const router = createRouter(services, silent);
  const server = createServer(options.respond ?? ((_request, response) => void response.writeHead(404).end()));
  const sockets = new WebSocketServer({ server, path: '/rpc' });
  let connections = 0;
  sockets.on('connection', (socket) => {
    const connection = createConnection({
      router,
      caller: { kind: 'test', id: String((connections += 1)), sameMachine: true },
      log: silent,
      send: (message) => socket.send(message),
      hangUp: () => socket.terminate(),
    });
    socket.on('message', (data, isBinary) => connection.receive(isBinary ? data : String(data)));
    socket.on('close', () => connection.close());
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const address = server.address();
  const dropConnections = (): void => {
    for (const socket of sockets.clients) socket.terminate();
  };
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    dropConnections,
    async [Symbol.asyncDispose]() {
      dropConnections();
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
