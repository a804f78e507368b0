import { expect, test } from 'vitest';

import { firstEvent, startChat } from './chat-under-test.ts';
import { purge } from '../store/empty-bin.ts';

const length = 10_000;

test(
  'a thread of 10,000 messages opens at its end, pages to its beginning, and goes on',
  { timeout: 120_000 },
  async () => {
    const under = startChat({ contextTokens: 2000 });
    const { conversationId, replyId } = await under.exchange('Message 0', 'Message 1');
    under.store.transaction(() => {
      let parentId = replyId;
      for (let index = 2; index < length; index += 1) {
        const id = `message-${index}`;
        under.store.messages.insert({
          id,
          conversationId,
          parentId,
          role: index % 2 === 0 ? 'user' : 'assistant',
          text: `Message ${index}`,
          state: 'done',
          createdAt: index,
          model: null,
          requestId: null,
        });
        parentId = id;
      }
      under.store.conversations.update(conversationId, { headId: parentId });
    });

    const snapshot = await firstEvent(under.chat, conversationId);
    if (snapshot.type !== 'snapshot') throw new Error('The thread is gone.');
    let messages = snapshot.messages;
    let { hasEarlier } = snapshot;
    expect(messages.length).toBeLessThanOrEqual(100);
    while (hasEarlier) {
      const page = under.chat.earlier(messages[0]?.id ?? '', 500);
      messages = [...page.messages, ...messages];
      ({ hasEarlier } = page);
    }
    expect(messages.map(({ text }) => text)).toEqual(Array.from({ length }, (_, index) => `Message ${index}`));

    const next = under.ask('And the last?', conversationId);
    const call = await under.models.main.nextCall();
    expect(call.lines.at(-1)).toBe('user: And the last?');
    expect(call.lines.at(-2)).toBe(`assistant: Message ${length - 1}`);
    expect(call.lines.length).toBeLessThan(500);
    await under.finish(call, conversationId);
    expect(under.store.messages.find(next.replyId)?.stats?.omittedMessages).toBe(length + 1 - call.lines.length);

    under.chat.removeMessage('message-2');
    expect((await under.messages(conversationId)).map(({ text }) => text)).toEqual(['Message 0', 'Message 1']);
    under.chat.restoreMessage('message-2');
    expect((await under.messages(conversationId)).at(-1)?.id).toBe(next.replyId);
  },
);

test(
  'a removed thread of 3,000 messages is deleted for good, deeper than a cascade goes',
  { timeout: 60_000 },
  async () => {
    const under = startChat();
    const { conversationId, replyId } = await under.exchange('Message 0', 'Message 1');
    under.store.transaction(() => {
      let parentId = replyId;
      for (let index = 2; index < 3000; index += 1) {
        const id = `message-${index}`;
        under.store.messages.insert({
          id,
          conversationId,
          parentId,
          role: 'user',
          text: 'glacier',
          state: 'done',
          createdAt: index,
          model: null,
          requestId: null,
        });
        parentId = id;
      }
      under.store.conversations.update(conversationId, { headId: parentId });
    });
    under.chat.remove(conversationId);
    expect(purge(under.store, under.clock.nowMs + 1)).toBe(3001);
    expect(under.store.messages.find('message-2999')).toBeUndefined();
    expect(under.store.search.messages({ words: ['glacier'], limit: 5 }).found).toEqual([]);
  },
);
