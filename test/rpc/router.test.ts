import { safe } from '@orpc/server';
import { expect, test } from 'vitest';

import { createDirectClient } from '../../electron/rpc/direct-client.ts';
import { createRouter } from '../../electron/rpc/router.ts';
import type { RouterServices } from '../../electron/rpc/router.ts';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { createServicesUnderTest } from './services-under-test.ts';

function connect(chat: Partial<RouterServices['chat']>) {
  const log = createRecordingLog();
  const router = createRouter(createServicesUnderTest(chat), log);
  return { client: createDirectClient(router, { kind: 'test', id: '1' }), logged: log.entries };
}

test('an unexpected error tells the caller nothing but a reference that is also in the log', async () => {
  const { client, logged } = connect({
    create: () => {
      throw new TypeError('secret path /home/mia/.ssh', { cause: new Error('the deeper reason') });
    },
  });
  const { error } = await safe(client.chat.create({ title: null }));
  expect(error).toMatchObject({
    code: 'INTERNAL',
    defined: true,
    data: { reference: expect.stringMatching(/^[0-9a-f]{8}$/) },
  });
  const reference = String(Object(Object(error).data).reference);
  expect(JSON.stringify(error)).not.toContain('ssh');
  expect(error?.message).toContain(reference);
  expect(error?.cause).toBeUndefined();
  expect(logged).toHaveLength(1);
  expect(logged[0]).toMatchObject({ level: 'error', fields: { reference, route: 'chat.create' } });
  expect(JSON.stringify(logged)).toContain('secret path');
  expect(JSON.stringify(logged)).toContain('the deeper reason');
});

test('an unexpected error in the middle of a stream is treated the same', async () => {
  const { client, logged } = connect({
    async *watchConversations() {
      yield { type: 'snapshot', conversations: [], total: 0 };
      throw new Error('secret');
    },
  });
  const stream = await client.chat.watchConversations();
  expect((await stream.next()).value).toMatchObject({ type: 'snapshot' });
  const { error } = await safe(stream.next());
  expect(error).toMatchObject({ code: 'INTERNAL', defined: true });
  expect(JSON.stringify(error)).not.toContain('secret');
  expect(logged).toMatchObject([{ level: 'error', fields: { route: 'chat.watchConversations' } }]);
});

test('an expected error passes with its code, words and data, in a call and in a stream', async () => {
  const gone = new ClawdbotError('CONVERSATION_NOT_FOUND', 'It is gone.', { conversationId: 'c1' });
  const { client, logged } = connect({
    rename: () => {
      throw gone;
    },
    async *watchThread() {
      throw gone;
    },
  });
  const expected = {
    code: 'CONVERSATION_NOT_FOUND',
    defined: true,
    message: 'It is gone.',
    data: { conversationId: 'c1' },
  };
  expect((await safe(client.chat.rename({ conversationId: 'c1', title: 'x' }))).error).toMatchObject(expected);
  const stream = await client.chat.watchThread({ conversationId: 'c1' });
  expect((await safe(stream.next())).error).toMatchObject(expected);
  expect(logged).toEqual([]);
});

test('a cancellation is no failure in the log', async () => {
  const { client, logged } = connect({
    create: () => {
      throw new DOMException('This operation was aborted', 'AbortError');
    },
  });
  expect((await safe(client.chat.create({ title: null }))).error).toMatchObject({ code: 'CANCELLED', defined: true });
  expect(logged).toEqual([]);
});

test('an answer that breaks the contract is a bug of ours, not passed on', async () => {
  const { client, logged } = connect({
    stop: () => JSON.parse('"yes"'),
  });
  expect((await safe(client.chat.stop({ conversationId: 'c1' }))).error).toMatchObject({ code: 'INTERNAL' });
  expect(JSON.stringify(logged)).toContain('stopped');
});

test('what the contract does not name never leaves, even when a service hands it out', async () => {
  const { client } = connect({
    list: () => Object({ conversations: [], total: 0, key: 'secret' }),
  });
  expect(await client.chat.list({ before: null, limit: 1 })).toEqual({ conversations: [], total: 0 });
});

test('a reader that stops waiting ends the watch behind it', async () => {
  let signal: AbortSignal | undefined;
  const { client } = connect({
    async *watchConversations(given) {
      signal = given;
      yield { type: 'snapshot', conversations: [], total: 0 };
      await new Promise((resolve) => given.addEventListener('abort', resolve));
    },
  });
  const stream = await client.chat.watchConversations();
  await stream.next();
  const waiting = stream.next();
  expect(signal?.aborted).toBe(false);
  await stream.return?.();
  expect(signal?.aborted).toBe(true);
  expect((await waiting).done).toBe(true);
});
