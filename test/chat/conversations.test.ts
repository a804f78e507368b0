import { describe, expect, test } from 'vitest';

import type { ConversationsEvent } from '../../shared/contract/index.ts';
import { failureOf } from '../store/failure-of.ts';
import { ended, record, search, startChat } from './chat-under-test.ts';

describe('the list of conversations', () => {
  test('is newest first and pages without a gap or a repetition, also when many have the same time', () => {
    const { chat, clock } = startChat();
    const created: string[] = [];
    for (let index = 0; index < 57; index += 1) {
      if (index % 10 === 0) clock.nowMs += 1;
      created.push(chat.create(`Chat ${index}`).id);
    }
    const paged: string[] = [];
    let before: string | null = null;
    for (;;) {
      const { conversations, total } = chat.list(before, 10);
      expect(total).toBe(57);
      paged.push(...conversations.map(({ id }) => id));
      before = conversations.at(-1)?.id ?? null;
      if (conversations.length < 10) break;
    }
    expect(paged).toEqual(created.toReversed());
  });

  test('stays in the order of creation when the clock is set back', () => {
    const { chat, clock } = startChat();
    const first = chat.create('First');
    clock.nowMs -= 5;
    const second = chat.create('Second');
    expect(first.id < second.id).toBe(true);
  });

  test('brings a conversation to the top with a new message or name, not with a pin', async () => {
    const { chat, clock, exchange } = startChat();
    const first = chat.create('First');
    clock.nowMs += 1;
    const second = chat.create('Second');
    const order = () => chat.list(null, 10).conversations.map(({ title }) => title);
    clock.nowMs += 1;
    chat.pin(first.id, true);
    expect(order()).toEqual(['Second', 'First']);
    chat.rename(first.id, 'Renamed');
    expect(order()).toEqual(['Renamed', 'Second']);
    clock.nowMs += 1;
    await exchange('Hello', 'Hi.', second.id);
    expect(order()).toEqual(['Second', 'Renamed']);
  });

  test('goes on after a conversation that was removed meanwhile', () => {
    const { chat, clock } = startChat();
    const [oldest, middle] = ['Oldest', 'Middle', 'Newest'].map((title) => {
      clock.nowMs += 1;
      return chat.create(title);
    });
    chat.remove(middle?.id ?? '');
    expect(chat.list(middle?.id ?? '', 10)).toMatchObject({ conversations: [{ id: oldest?.id }], total: 2 });
    expect(failureOf(() => chat.list('nowhere', 10)).code).toBe('CONVERSATION_NOT_FOUND');
  });
});

describe('whoever watches the list', () => {
  test('gets a snapshot, then every change', async () => {
    const { chat, models, ask } = startChat();
    const first = chat.create('First');
    const watcher = record((signal) => chat.watchConversations(signal));
    await watcher.until((events) => events.length === 1);
    expect(watcher.events).toEqual([{ type: 'snapshot', conversations: [first], total: 1 }]);

    const { conversationId } = ask('Hello');
    await watcher.until((events) => events.length === 2);
    (await models.main.nextCall()).finish();
    await watcher.until((events) => events.length === 3);
    chat.pin(first.id, true);
    await watcher.until((events) => events.length === 4);
    chat.remove(conversationId);
    await watcher.until((events) => events.length === 5);
    chat.restore(conversationId);
    await watcher.until((events) => events.length === 6);
    expect(watcher.events.slice(1)).toMatchObject([
      { type: 'upserted', conversation: { id: conversationId, title: 'Hello', running: true } },
      { type: 'upserted', conversation: { id: conversationId, running: false, modelId: 'main' } },
      { type: 'upserted', conversation: { id: first.id, pinned: true } },
      { type: 'removed', conversationId },
      { type: 'upserted', conversation: { id: conversationId, running: false } },
    ]);
  });

  test('gets the newest 200 and, as changes, the pinned ones that are older', async () => {
    const { chat, clock } = startChat();
    const pinned = chat.create('Old but pinned');
    chat.pin(pinned.id, true);
    for (let index = 0; index < 205; index += 1) {
      clock.nowMs += 1;
      chat.create(`Chat ${index}`);
    }
    const events: ConversationsEvent[] = [];
    for await (const event of chat.watchConversations(new AbortController().signal)) {
      events.push(event);
      if (events.length === 2) break;
    }
    expect(events).toMatchObject([
      { type: 'snapshot', total: 206 },
      { type: 'upserted', conversation: { id: pinned.id, pinned: true } },
    ]);
    const snapshot = events[0]?.type === 'snapshot' ? events[0].conversations : [];
    expect(snapshot).toHaveLength(200);
    expect(chat.list(snapshot.at(-1)?.id ?? null, 10).conversations).toHaveLength(6);
  });

  test('stops getting events when it stops reading', async () => {
    const { chat } = startChat();
    const watcher = record((signal) => chat.watchConversations(signal));
    await watcher.until((events) => events.length === 1);
    watcher.stop();
    await watcher.done;
    chat.create('Later');
    expect(watcher.events).toHaveLength(1);
  });
});

describe('removing a conversation', () => {
  test('hides it everywhere, and undoing brings it back as it was', async () => {
    const under = startChat();
    const { conversationId } = await under.exchange('Hello glacier', 'Hi.');
    const before = under.chat.list(null, 10);
    under.chat.remove(conversationId);
    expect(under.chat.list(null, 10)).toEqual({ conversations: [], total: 0 });
    expect(search(under.chat, 'glacier')).toEqual([]);
    expect(failureOf(() => under.chat.remove(conversationId)).code).toBe('CONVERSATION_NOT_FOUND');

    const again = await under.restart();
    again.chat.restore(conversationId);
    expect(again.chat.list(null, 10)).toEqual(before);
    expect(await again.messages(conversationId)).toHaveLength(2);
    expect(again.chat.restore(conversationId)).toMatchObject({ id: conversationId });
  });

  test('ends the answer being written in it', async () => {
    const { chat, models, ask, messages } = startChat();
    const { conversationId } = ask('Count.');
    const call = await models.main.nextCall();
    call.say('one');
    await new Promise((resolve) => setImmediate(resolve));
    chat.remove(conversationId);
    expect(call.aborted).toBe(true);
    expect(chat.restore(conversationId).running).toBe(false);
    expect((await messages(conversationId))[1]).toMatchObject({ text: 'one', state: 'stopped' });
  });
});

test('a title is one line of at most 200 characters', () => {
  const { chat } = startChat();
  const { id } = chat.create(' Two\n lines ');
  expect(chat.list(null, 1).conversations[0]?.title).toBe('Two lines');
  for (const title of ['', ' \n', 'x'.repeat(201)]) {
    expect(failureOf(() => chat.rename(id, title)).code).toBe('BAD_INPUT');
  }
});

test('every call names a conversation that does not exist', () => {
  const { chat } = startChat();
  const calls: (() => unknown)[] = [
    () => chat.rename('nowhere', 'x'),
    () => chat.pin('nowhere', true),
    () => chat.remove('nowhere'),
    () => chat.restore('nowhere'),
    () => chat.stop('nowhere'),
  ];
  for (const call of calls) expect(failureOf(call).data).toEqual({ conversationId: 'nowhere' });
});

test('a disposed chat ends its watches and leaves no answer running', async () => {
  const { chat, models, ask } = startChat();
  const { conversationId } = ask('Count.');
  const call = await models.main.nextCall();
  const thread = record((signal) => chat.watchThread(conversationId, signal));
  const list = record((signal) => chat.watchConversations(signal));
  await thread.until((events) => events.length === 1);
  await list.until((events) => events.length === 1);
  await chat[Symbol.asyncDispose]();
  await thread.done;
  await list.done;
  expect(call.aborted).toBe(true);
  expect(thread.events).toContainEqual(
    expect.objectContaining({ type: 'message', message: expect.objectContaining({ state: 'interrupted' }) }),
  );
  await expect(ended(chat, conversationId)).resolves.toBeUndefined();
});
