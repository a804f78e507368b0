import { createORPCClient } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { WebSocket } from 'ws';

import { createDirectClient } from '../../electron/rpc/direct-client.ts';
import { createRouter } from '../../electron/rpc/router.ts';
import { serveMessagePort } from '../../electron/rpc/serve-message-port.ts';
import { frameLimitBytes, serveWebSocket } from '../../electron/rpc/serve-web-socket.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { startWebHost } from '../gateway/web-host-under-test.ts';
import type { ContractClient } from '../suites/contract-client.ts';
import { contractSuite } from '../suites/contract-suite.ts';

contractSuite({
  name: 'the contract in the same process',
  messages: false,
  async open(services) {
    const router = createRouter(services, silentLog);
    return {
      connect: async () => ({ client: createDirectClient(router, { kind: 'test', id: 'direct' }), drop: () => {} }),
      close: async () => {},
    };
  },
});

contractSuite({
  name: 'the contract over a message port',
  messages: true,
  async open(services) {
    const router = createRouter(services, silentLog);
    return {
      async connect() {
        const { port1, port2 } = new MessageChannel();
        serveMessagePort(port1, router, { kind: 'window', id: '1' }, silentLog);
        const client: ContractClient = createORPCClient(new PortLink({ port: port2 }));
        port2.start();
        return { client, drop: () => port2.close() };
      },
      close: async () => {},
    };
  },
});

contractSuite({
  name: 'the contract over a WebSocket of the web host',
  messages: true,
  async open(services) {
    const router = createRouter(services, silentLog);
    const web = await startWebHost({
      serveRpc: (socket, id) => serveWebSocket(socket, router, { kind: 'web', id }, silentLog),
      frameLimitBytes,
    });
    const cookie = await web.signIn();
    return {
      async connect() {
        const origin = `http://127.0.0.1:${web.host.port}`;
        const socket = new WebSocket(`ws://127.0.0.1:${web.host.port}/rpc`, { headers: { cookie, origin } });
        await once(socket, 'open');
        const client: ContractClient = createORPCClient(new SocketLink({ websocket: Object(socket) }));
        return { client, drop: () => socket.terminate() };
      },
      close: async () => web[Symbol.asyncDispose](),
    };
  },
});
