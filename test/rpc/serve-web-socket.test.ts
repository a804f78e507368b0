import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import fc from 'fast-check';
import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';

import { createRouter, type RouterServices } from '../../electron/rpc/router.ts';
import { frameLimitBytes, serveWebSocket, type SocketPatience } from '../../electron/rpc/serve-web-socket.ts';
import type { contract, ConversationsEvent } from '../../shared/contract/index.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { createServicesUnderTest } from './services-under-test.ts';
import { anything } from '../chat/chat-under-test.ts';

const patient: SocketPatience = {
  waitFromBytes: 64 * 1024,
  cutFromBytes: 64 * 1024 * 1024,
  stallMs: 600_000,
  pingMs: 600_000,
};

async function startServer(chat: Partial<RouterServices['chat']> = {}, patience: Partial<SocketPatience> = {}) {
  const log = createRecordingLog();
  const router = createRouter(createServicesUnderTest(chat), log);
  const server = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    maxPayload: frameLimitBytes,
    perMessageDeflate: false,
  });
  await once(server, 'listening');
  const served: WebSocket[] = [];
  server.on('connection', (socket) => {
    served.push(socket);
    serveWebSocket(socket, router, { kind: 'test', id: 'a' }, log, { ...patient, ...patience });
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    logged: log.entries,
    served,
    async connect(options: { autoPong?: boolean } = {}) {
      const socket = new WebSocket(`ws://127.0.0.1:${port}`, options);
      await once(socket, 'open');
      const client: ContractRouterClient<typeof contract> = createORPCClient(
        // The types of ws and of the web name the same things differently.
        new RPCLink({ websocket: Object(socket) }),
      );
      return { socket, client };
    },
    async [Symbol.asyncDispose]() {
      for (const socket of server.clients) socket.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A watch that always has more to say, and counts how much it was asked for. */
function createFirehose() {
  let pulled = 0;
  let running = 0;
  const text = 'x'.repeat(10_000);
  return {
    pulled: () => pulled,
    running: () => running,
    async *watchConversations(signal: AbortSignal): AsyncGenerator<ConversationsEvent> {
      running += 1;
      try {
        while (!signal.aborted) {
          pulled += 1;
          yield { type: 'removed', conversationId: text.slice(0, 60) };
        }
      } finally {
        running -= 1;
      }
    },
  };
}

test('a reader that stops reading makes the stream wait instead of filling memory', async () => {
  const firehose = createFirehose();
  await using server = await startServer(firehose);
  const { socket, client } = await server.connect();
  const stream = await client.chat.watchConversations();
  await stream.next();
  socket.pause();
  let before = -1;
  // The system's own buffers fill first; then nothing more is asked of the source.
  await vi.waitFor(
    () => {
      const now = firehose.pulled();
      const settled = now === before;
      before = now;
      expect(settled).toBe(true);
    },
    { timeout: 30_000, interval: 250 },
  );
  expect(server.served[0]?.bufferedAmount).toBeGreaterThanOrEqual(patient.waitFromBytes);
  expect(server.served[0]?.bufferedAmount).toBeLessThan(patient.waitFromBytes + 20_000);
  socket.resume();
  await vi.waitFor(() => expect(firehose.pulled()).toBeGreaterThan(before + 1_000), { timeout: 30_000 });
});

test('a reader that does not come back is cut off, and its streams end', async () => {
  const firehose = createFirehose();
  await using server = await startServer(firehose, { stallMs: 100 });
  const { socket, client } = await server.connect();
  await (await client.chat.watchConversations()).next();
  expect(firehose.running()).toBe(1);
  socket.pause();
  await vi.waitFor(() => expect(firehose.running()).toBe(0), { timeout: 30_000 });
  expect(server.logged).toMatchObject([{ level: 'warn', fields: { reason: 'the page stopped reading' } }]);
});

test('a line on which too much is waiting is cut at once', async () => {
  const answer = { messages: [], hasEarlier: false };
  await using server = await startServer(
    {
      search: () => ({ hits: [], next: null }),
      earlier: () => ({ ...answer, messages: [bigMessage(4 * 1024 * 1024)] }),
    },
    { cutFromBytes: 16 * 1024 * 1024 },
  );
  const { socket, client } = await server.connect();
  await client.search.everywhere({ query: 'x', limit: 1, cursor: null, filter: anything });
  socket.pause();
  const closed = once(server.served[0] ?? socket, 'close');
  const calls = Array.from({ length: 20 }, () =>
    client.chat.earlier({ beforeMessageId: 'm', limit: 1 }).catch(() => null),
  );
  await closed;
  socket.terminate();
  await Promise.all(calls);
  expect(server.logged).toContainEqual(
    expect.objectContaining({ fields: expect.objectContaining({ reason: 'too much is waiting to be read' }) }),
  );
});

test('a page that no longer answers pings is cut off', async () => {
  const firehose = { ...createFirehose() };
  await using server = await startServer({}, { pingMs: 50 });
  const dead = await server.connect({ autoPong: false });
  await once(dead.socket, 'close');
  expect(server.logged).toMatchObject([{ fields: { reason: 'the page does not answer' } }]);
  expect(firehose.running()).toBe(0);
});

test('a page that answers pings stays', async () => {
  await using server = await startServer({}, { pingMs: 20 });
  const { socket, client } = await server.connect();
  let pings = 0;
  await new Promise<void>((resolve) => socket.on('ping', () => (pings += 1) === 5 && resolve()));
  expect(await client.chat.list({ before: null, limit: 1 })).toMatchObject({ total: 0 });
});

test('whatever is sent, the host goes on and others notice nothing', async () => {
  await using server = await startServer();
  const good = await server.connect();
  const hostile = fc.oneof(
    fc.string(),
    fc.uint8Array({ maxLength: 50 }),
    fc.json(),
    fc.record({ i: fc.jsonValue(), t: fc.jsonValue(), p: fc.jsonValue() }).map((value) => JSON.stringify(value)),
    fc
      .record({
        u: fc.oneof(fc.webPath(), fc.constant('/chat/list'), fc.string()),
        b: fc.jsonValue(),
        h: fc.jsonValue(),
        m: fc.string(),
      })
      .map((p) => JSON.stringify({ i: '1', p })),
    fc.constantFrom(
      '{"i":"1","p":{"u":"/__proto__/x","b":{}}}',
      '{"i":"1","p":{"u":"/chat/list","b":{"json":{},"meta":[[1,"__proto__","x"]]}}}',
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(hostile, { minLength: 1, maxLength: 5 }), async (messages) => {
      const { socket } = await server.connect();
      for (const message of messages) socket.send(message);
      const pong = once(socket, 'pong');
      const closed = once(socket, 'close');
      socket.ping();
      await Promise.race([pong, closed]);
      socket.terminate();
      expect(await good.client.chat.list({ before: null, limit: 1 })).toMatchObject({ total: 0 });
    }),
    { numRuns: 60 },
  );
});

test('what is not a message at all ends the line with the reason', async () => {
  await using server = await startServer();
  for (const message of ['{', Buffer.from([1, 2, 3]), 'null', '{"i":"1","p":{}}']) {
    const { socket } = await server.connect();
    const closed = once(socket, 'close');
    socket.send(message);
    const [code, reason] = await closed;
    expect(code, String(message)).toBe(1008);
    expect(String(reason)).toBe('malformed message');
  }
});

test('one line cannot open calls without end', async () => {
  const firehose = createFirehose();
  await using server = await startServer({
    async *watchConversations(signal) {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    },
  });
  const { socket } = await server.connect();
  const closed = once(socket, 'close');
  for (let id = 0; id < 300; id += 1) {
    socket.send(JSON.stringify({ i: String(id), p: { u: '/chat/watchConversations', b: {} } }));
  }
  const [, reason] = await closed;
  expect(String(reason)).toBe('too many open calls');
  expect(firehose.running()).toBe(0);
});

function bigMessage(lengthChars: number) {
  return {
    id: 'm',
    conversationId: 'c',
    parentId: null,
    role: 'user' as const,
    text: 'x'.repeat(lengthChars),
    thought: null,
    state: 'done' as const,
    createdAt: 0,
    model: null,
    error: null,
    stats: null,
    version: { index: 0, count: 1 },
  };
}
