import { describe, expect, onTestFinished, test } from 'vitest';

import { reachMessage } from '../../../../renderer/chat/find/reach-message.ts';
import { createThread } from '../../../../renderer/chat/thread.ts';
import { connect } from '../../services.ts';

async function open(count: number) {
  const page = await connect();
  const texts = Array.from({ length: count }, (_, index) => `Line ${index}`);
  const { id } = page.services.chat.plant({ title: 'Long' }, texts);
  const { client } = page.connection;
  const pace = (work: () => void) => ({ request: work, cancel: () => {} });
  const pages: number[] = [];
  const { watchThread } = client.chat;
  const earlier: typeof client.chat.earlier = (...call) => {
    pages.push(call[0].limit);
    return client.chat.earlier(...call);
  };
  const thread = createThread({ watchThread, earlier }, id, pace);
  onTestFinished(async () => {
    thread[Symbol.dispose]();
    await page[Symbol.asyncDispose]();
  });
  const { matches } = page.services.chat.findInThread(id, 'line');
  return { client, thread, pages, ids: matches.map(({ messageId }) => messageId) };
}

describe('reaching a message', () => {
  test('loads as many older ones as it takes', async () => {
    const { client, thread, pages, ids } = await open(1200);
    const { signal } = new AbortController();
    const at = await reachMessage(thread, client.search, ids[100] ?? '', signal);
    expect(thread.view.getState().messages[at ?? -1]?.text).toBe('Line 100');
    expect(thread.view.getState().messages.length).toBeLessThan(1200);
    expect(pages).toEqual([500, 500, 50]);
    expect(await reachMessage(thread, client.search, ids.at(-1) ?? '', signal)).toBeGreaterThan(1000);
  });

  test('ends when nobody waits any more, and says when there is no such message', async () => {
    const { client, thread, ids } = await open(300);
    const controller = new AbortController();
    const reaching = reachMessage(thread, client.search, ids[0] ?? '', controller.signal).catch(() => undefined);
    controller.abort();
    expect(await reaching).toBeUndefined();
    await expect(reachMessage(thread, client.search, 'gone', new AbortController().signal)).rejects.toMatchObject({
      code: 'MESSAGE_NOT_FOUND',
    });
  });
});
