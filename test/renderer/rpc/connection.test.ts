import { describe, expect, test, vi } from 'vitest';

import { serveMessagePort } from '../../../electron/rpc/serve-message-port.ts';
import { createRouter } from '../../../electron/rpc/router.ts';
import { ConnectionLostError } from '../../../renderer/rpc/connection-lost-error.ts';
import { createConnection } from '../../../renderer/rpc/connection.ts';
import { createMessagePortTransport } from '../../../renderer/rpc/message-port-transport.ts';
import { tryReadError } from '../../../renderer/rpc/read-error.ts';
import { subscribe } from '../../../renderer/rpc/subscribe.ts';
import type { Link, Transport } from '../../../renderer/rpc/transport.ts';
import { createWebSocketTransport } from '../../../renderer/rpc/web-socket-transport.ts';
import { startFakeBackend } from '../../fakes/fake-backend.ts';
import { connect, createFakeServices } from '../services.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };

describe('a connection over a WebSocket', () => {
  test('a call made before it is open is answered once it is', async () => {
    await using page = await connect();
    expect(page.connection.state).toBe('connecting');
    const info = await page.connection.client.app.info();
    expect(info).toMatchObject({ host: 'headless' });
    expect(page.connection.state).toBe('online');
  });

  test('it comes back by itself after the host broke it, and says so', async () => {
    await using page = await connect();
    await page.connection.client.app.info();
    const states: string[] = [];
    page.connection.onChange(() => states.push(page.connection.state));
    page.backend.dropConnections();
    await vi.waitFor(() => expect(states).toEqual(['offline', 'connecting', 'online']), { timeout: 10_000 });
    await expect(page.connection.client.app.info()).resolves.toMatchObject({ host: 'headless' });
  });

  test('it finds a host that was started again on the same port', async () => {
    const services = createFakeServices();
    const first = await startFakeBackend(services);
    const { port } = first;
    const transport = createWebSocketTransport(`ws://127.0.0.1:${port}/rpc`);
    const connection = createConnection(transport, { firstDelayMs: 10, longestDelayMs: 50 });
    try {
      await connection.client.app.info();
      await first[Symbol.asyncDispose]();
      await vi.waitFor(() => expect(connection.state).toBe('offline'), { timeout: 10_000 });
      await using _second = await startFakeBackend(services, { port });
      await expect(connection.client.app.info()).resolves.toMatchObject({ host: 'headless' });
      connection.dispose();
    } finally {
      connection.dispose();
    }
  });

  test('a declared error arrives with its code and data', async () => {
    await using page = await connect();
    const failed: unknown = await page.connection.client.chat
      .rename({ conversationId: 'nowhere', title: 'New' })
      .catch((error: unknown) => error);
    expect(tryReadError(failed)).toMatchObject({ code: 'CONVERSATION_NOT_FOUND', data: { conversationId: 'nowhere' } });
  });

  test('a watch is opened again after a lost line and begins with a snapshot', async () => {
    await using page = await connect();
    const { client } = page.connection;
    const seen: string[] = [];
    const end = subscribe(
      (signal) => client.chat.watchConversations(undefined, { signal }),
      (event) => seen.push(event.type === 'snapshot' ? `snapshot of ${event.conversations.length}` : event.type),
      { firstDelayMs: 5 },
    );
    await vi.waitFor(() => expect(seen).toEqual(['snapshot of 0']), { timeout: 10_000 });
    page.services.chat.create('While connected');
    await vi.waitFor(() => expect(seen).toEqual(['snapshot of 0', 'upserted']), { timeout: 10_000 });
    page.backend.dropConnections();
    await vi.waitFor(() => expect(seen).toEqual(['snapshot of 0', 'upserted', 'snapshot of 1']), { timeout: 10_000 });
    end();
    page.services.chat.create('After the end');
    await client.app.info();
    expect(seen).toHaveLength(3);
  });
});

describe('a line that cannot be had', () => {
  /** Reaches nothing until it is told to. */
  function createDeadTransport(): Transport & { tries: number } {
    const transport = {
      tries: 0,
      open({ closed }: { closed(): void }) {
        transport.tries += 1;
        const timer = setTimeout(closed, 0);
        return () => clearTimeout(timer);
      },
    };
    return transport;
  }

  test('a call fails with a lost connection when it has waited long enough', async () => {
    const connection = createConnection(createDeadTransport(), { callPatienceMs: 20 });
    await expect(connection.client.app.info()).rejects.toBeInstanceOf(ConnectionLostError);
    connection.dispose();
  });

  test('a call that is cancelled while it waits ends at once, with the reason given', async () => {
    const connection = createConnection(createDeadTransport());
    const controller = new AbortController();
    const call = connection.client.app.info(undefined, { signal: controller.signal });
    controller.abort(new Error('not needed any more'));
    await expect(call).rejects.toThrow('not needed any more');
    connection.dispose();
  });

  test('asking for it now does not wait for the next turn', async () => {
    const transport = createDeadTransport();
    const connection = createConnection(transport, { firstDelayMs: 1_000_000, longestDelayMs: 1_000_000 });
    await vi.waitFor(() => expect(connection.state).toBe('offline'));
    expect(transport.tries).toBe(1);
    connection.retryNow();
    expect(connection.state).toBe('connecting');
    expect(transport.tries).toBe(2);
    connection.dispose();
  });

  test('a call under way when the line breaks is lost, not cancelled', async () => {
    let breakLine = (): void => {};
    const link: Link = {
      call: () =>
        new Promise((_resolve, reject) => (breakLine = () => reject(new DOMException('closed', 'AbortError')))),
    };
    let closeTransport = (): void => {};
    const connection = createConnection({
      open({ opened, closed }) {
        closeTransport = closed;
        opened(link);
        return () => {};
      },
    });
    const call = connection.client.app.info();
    await vi.waitFor(() => expect(String(breakLine)).toContain('reject'));
    closeTransport();
    breakLine();
    await expect(call).rejects.toBeInstanceOf(ConnectionLostError);
    connection.dispose();
  });
});

describe('a connection over message ports', () => {
  function offerPort(transport: ReturnType<typeof createMessagePortTransport>): { close: () => void } {
    const { port1, port2 } = new MessageChannel();
    const close = serveMessagePort(port1, createRouter(createFakeServices(), log), { kind: 'window', id: 'w1' }, log);
    transport.offer(port2);
    return { close };
  }

  test('it waits for the port and then answers', async () => {
    const transport = createMessagePortTransport();
    const connection = createConnection(transport);
    const call = connection.client.app.info();
    expect(connection.state).toBe('connecting');
    const { close } = offerPort(transport);
    await expect(call).resolves.toMatchObject({ version: '0.1.0' });
    connection.dispose();
    close();
  });

  test('a later port replaces the one before', async () => {
    const transport = createMessagePortTransport();
    const connection = createConnection(transport, { firstDelayMs: 5, longestDelayMs: 5 });
    const first = offerPort(transport);
    await connection.client.app.info();
    first.close();
    const second = offerPort(transport);
    await expect(connection.client.app.info()).resolves.toMatchObject({ version: '0.1.0' });
    connection.dispose();
    second.close();
  });
});
