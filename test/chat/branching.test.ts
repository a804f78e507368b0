import { describe, expect, test } from 'vitest';

import { failureOf } from '../store/failure-of.ts';
import { ended, newRequestId, record, search, startChat, type ChatUnderTest } from './chat-under-test.ts';
import { purge } from '../store/empty-bin.ts';

async function texts(under: ChatUnderTest, conversationId: string): Promise<string[]> {
  return (await under.messages(conversationId)).map(({ text }) => text);
}

async function regenerate(under: ChatUnderTest, messageId: string, answer: string) {
  const reply = under.chat.regenerate(messageId, null);
  const call = await under.models.main.nextCall();
  call.say(answer);
  await under.finish(call, reply.conversationId);
  return { ...reply, call };
}

async function edit(under: ChatUnderTest, messageId: string, text: string, answer: string) {
  const reply = under.chat.edit({ requestId: newRequestId(), messageId, text, modelId: null });
  const call = await under.models.main.nextCall();
  call.say(answer);
  await under.finish(call, reply.conversationId);
  return { ...reply, call };
}

/** One?, One., Two?, Two. */
async function twoExchanges() {
  const under = startChat();
  const first = await under.exchange('One?', 'One.');
  const second = await under.exchange('Two?', 'Two.', first.conversationId);
  return { under, conversationId: first.conversationId, first, second };
}

describe('regenerating', () => {
  test('puts a new answer beside the old one, and the old one can be shown again with what followed', async () => {
    const { under, conversationId, first } = await twoExchanges();
    const again = await regenerate(under, first.replyId, 'Uno.');
    expect(again.call.lines).toEqual(['user: One?']);
    expect(await texts(under, conversationId)).toEqual(['One?', 'Uno.']);
    expect((await under.messages(conversationId))[1]?.version).toEqual({ index: 1, count: 2 });

    under.chat.selectVersion(again.replyId, 0);
    expect(await texts(under, conversationId)).toEqual(['One?', 'One.', 'Two?', 'Two.']);
    expect((await under.messages(conversationId))[1]?.version).toEqual({ index: 0, count: 2 });
    under.chat.selectVersion(first.replyId, 1);
    expect(await texts(under, conversationId)).toEqual(['One?', 'Uno.']);
  });

  test('with another model says which one answered', async () => {
    const { under, conversationId, second } = await twoExchanges();
    const { replyId } = under.chat.regenerate(second.replyId, 'other');
    const call = await under.models.other.nextCall();
    call.say('Deux.');
    await under.finish(call, conversationId);
    expect((await under.messages(conversationId)).at(-1)).toMatchObject({
      id: replyId,
      model: { id: 'other', name: 'Model other' },
    });
  });

  test('shows watchers the branch as it is now', async () => {
    const { under, conversationId, second } = await twoExchanges();
    const watcher = record((signal) => under.chat.watchThread(conversationId, signal));
    await watcher.until((events) => events.length === 1);
    const { replyId } = await regenerate(under, second.replyId, 'Deux.');
    await watcher.until((events) => events.some((event) => event.type === 'message' && event.message.state === 'done'));
    const snapshot = watcher.events.slice(1).find(({ type }) => type === 'snapshot');
    expect(snapshot).toMatchObject({
      messages: [{ text: 'One?' }, { text: 'One.' }, { text: 'Two?' }, { id: replyId, state: 'running' }],
    });
  });

  test('answers a question whose answer was removed', async () => {
    const { under, conversationId, second } = await twoExchanges();
    under.chat.removeMessage(second.replyId);
    await regenerate(under, second.messageId, 'Deux.');
    expect(await texts(under, conversationId)).toEqual(['One?', 'One.', 'Two?', 'Deux.']);
    expect((await under.messages(conversationId)).at(-1)?.version).toEqual({ index: 0, count: 1 });
  });

  test('stores nothing when the model is unknown', async () => {
    const { under, conversationId, second } = await twoExchanges();
    expect(failureOf(() => under.chat.regenerate(second.replyId, 'gone')).code).toBe('MODEL_NOT_FOUND');
    expect((await under.messages(conversationId)).at(-1)).toMatchObject({ text: 'Two.', version: { count: 1 } });
  });
});

describe('editing', () => {
  test('branches from where the message was, and both branches stay', async () => {
    const { under, conversationId, first, second } = await twoExchanges();
    const edited = await edit(under, second.messageId, 'Three?', 'Three.');
    expect(edited.call.lines).toEqual(['user: One?', 'assistant: One.', 'user: Three?']);
    expect(await texts(under, conversationId)).toEqual(['One?', 'One.', 'Three?', 'Three.']);
    expect((await under.messages(conversationId))[2]).toMatchObject({
      id: edited.messageId,
      version: { index: 1, count: 2 },
    });

    const other = await edit(under, first.messageId, 'Zero?', 'Zero.');
    expect(await texts(under, conversationId)).toEqual(['Zero?', 'Zero.']);
    under.chat.selectVersion(other.messageId, 0);
    expect(await texts(under, conversationId)).toEqual(['One?', 'One.', 'Three?', 'Three.']);
    under.chat.selectVersion(edited.messageId, 0);
    expect(await texts(under, conversationId)).toEqual(['One?', 'One.', 'Two?', 'Two.']);
  });

  test('sent twice with one request id is one edit', async () => {
    const { under, conversationId, second } = await twoExchanges();
    const request = { requestId: 'edit-once', messageId: second.messageId, text: 'Three?', modelId: null };
    const edited = under.chat.edit(request);
    expect(under.chat.edit(request)).toEqual(edited);
    await under.finish(await under.models.main.nextCall(), conversationId);
    const again = await under.restart();
    expect(again.chat.edit(request)).toEqual(edited);
    expect((await again.messages(conversationId))[2]?.version).toEqual({ index: 1, count: 2 });
  });

  test('an answer, or with nothing, is refused', async () => {
    const { under, second } = await twoExchanges();
    const request = { requestId: newRequestId(), text: 'Three?', modelId: null };
    expect(failureOf(() => under.chat.edit({ ...request, messageId: second.replyId })).code).toBe('BAD_INPUT');
    expect(failureOf(() => under.chat.edit({ ...request, messageId: second.messageId, text: ' ' })).code).toBe(
      'BAD_INPUT',
    );
    expect(failureOf(() => under.chat.edit({ ...request, messageId: 'nowhere' })).data).toEqual({
      messageId: 'nowhere',
    });
  });
});

describe('continuing', () => {
  async function stopped() {
    const under = startChat();
    const { conversationId, replyId } = under.ask('Count.');
    const call = await under.models.main.nextCall();
    call.say('one two');
    await new Promise((resolve) => setImmediate(resolve));
    under.chat.stop(conversationId);
    return { under, conversationId, replyId };
  }

  test('goes on in the same message, with what was written as the last turn', async () => {
    const { under, conversationId, replyId } = await stopped();
    const watcher = record((signal) => under.chat.watchThread(conversationId, signal));
    await watcher.until((events) => events.length === 1);
    expect(under.chat.continueReply(replyId)).toEqual({ conversationId, replyId });
    const call = await under.models.main.nextCall();
    expect(call.lines).toEqual(['user: Count.', 'assistant: one two']);
    call.say(' three');
    await under.finish(call, conversationId);
    expect((await under.messages(conversationId))[1]).toMatchObject({
      id: replyId,
      text: 'one two three',
      state: 'done',
      error: null,
    });
    expect(watcher.events).toContainEqual(expect.objectContaining({ type: 'delta', offset: 7, text: ' three' }));
    expect(watcher.events).toContainEqual(
      expect.objectContaining({
        type: 'message',
        message: expect.objectContaining({ state: 'running', text: 'one two' }),
      }),
    );
  });

  test('again and again keeps every word', async () => {
    const { under, conversationId, replyId } = await stopped();
    for (const word of [' three', ' four', ' five']) {
      under.chat.continueReply(replyId);
      const call = await under.models.main.nextCall();
      call.say(word);
      await new Promise((resolve) => setImmediate(resolve));
      under.chat.stop(conversationId);
    }
    expect((await under.messages(conversationId))[1]).toMatchObject({
      text: 'one two three four five',
      state: 'stopped',
    });
  });

  test('an answer that failed before its first word begins it', async () => {
    const under = startChat();
    const { conversationId, replyId } = under.ask('Count.');
    (await under.models.main.nextCall()).fail(new Error('broken'));
    await ended(under.chat, conversationId);
    under.chat.continueReply(replyId);
    const call = await under.models.main.nextCall();
    expect(call.lines).toEqual(['user: Count.']);
    call.say('one');
    await under.finish(call, conversationId);
    expect((await under.messages(conversationId))[1]).toMatchObject({
      id: replyId,
      text: 'one',
      state: 'done',
      error: null,
    });
  });

  test('uses the model that began, or the default when that one is gone', async () => {
    const under = startChat();
    const reply = under.chat.send({
      requestId: newRequestId(),
      conversationId: null,
      text: 'Count.',
      modelId: 'other',
    });
    (await under.models.other.nextCall()).say('one');
    await new Promise((resolve) => setImmediate(resolve));
    under.chat.stop(reply.conversationId);
    under.chat.continueReply(reply.replyId);
    await under.models.other.nextCall();
    under.chat.stop(reply.conversationId);
    under.forget('other');
    under.chat.continueReply(reply.replyId);
    await under.finish(await under.models.main.nextCall(), reply.conversationId);
    expect((await under.messages(reply.conversationId))[1]?.model).toEqual({ id: 'main', name: 'Model main' });
  });

  test('a complete answer, a question, or one that was followed up is refused', async () => {
    const { under, conversationId, replyId } = await stopped();
    const next = await under.exchange('And?', 'Done.', conversationId);
    expect(failureOf(() => under.chat.continueReply(replyId)).message).toContain('gone on');
    expect(failureOf(() => under.chat.continueReply(next.replyId)).code).toBe('BAD_INPUT');
    expect(failureOf(() => under.chat.continueReply(next.messageId)).code).toBe('BAD_INPUT');
  });

  test('an answer on another branch brings that branch back', async () => {
    const { under, conversationId, replyId } = await stopped();
    await regenerate(under, replyId, 'Uno.');
    under.chat.continueReply(replyId);
    const call = await under.models.main.nextCall();
    call.say(' three');
    await under.finish(call, conversationId);
    expect(await texts(under, conversationId)).toEqual(['Count.', 'one two three']);
  });
});

describe('removing', () => {
  test('hides a message and what follows it, and undoing shows all of it again', async () => {
    const { under, conversationId, second } = await twoExchanges();
    await under.exchange('Three?', 'Three.', conversationId);
    under.chat.removeMessage(second.messageId);
    expect(await texts(under, conversationId)).toEqual(['One?', 'One.']);
    under.chat.restoreMessage(second.messageId);
    expect(await texts(under, conversationId)).toEqual(['One?', 'One.', 'Two?', 'Two.', 'Three?', 'Three.']);
  });

  test('survives a restart and can be undone after it', async () => {
    const { under, conversationId, second } = await twoExchanges();
    under.chat.removeMessage(second.messageId);
    const again = await under.restart();
    expect(await texts(again, conversationId)).toEqual(['One?', 'One.']);
    again.chat.restoreMessage(second.messageId);
    expect(await texts(again, conversationId)).toEqual(['One?', 'One.', 'Two?', 'Two.']);
  });

  test('the first message leaves an empty conversation that can go on', async () => {
    const { under, conversationId, first } = await twoExchanges();
    under.chat.removeMessage(first.messageId);
    expect(await texts(under, conversationId)).toEqual([]);
    await under.exchange('New?', 'New.', conversationId);
    expect(await texts(under, conversationId)).toEqual(['New?', 'New.']);
    under.chat.restoreMessage(first.messageId);
    expect(await texts(under, conversationId)).toEqual(['One?', 'One.', 'Two?', 'Two.']);
    expect((await under.messages(conversationId))[0]?.version).toEqual({ index: 0, count: 2 });
  });

  test('one version shows its neighbour, and counts it out', async () => {
    const { under, conversationId, first } = await twoExchanges();
    const again = await regenerate(under, first.replyId, 'Uno.');
    under.chat.removeMessage(again.replyId);
    expect(await texts(under, conversationId)).toEqual(['One?', 'One.', 'Two?', 'Two.']);
    expect((await under.messages(conversationId))[1]?.version).toEqual({ index: 0, count: 1 });
    under.chat.restoreMessage(again.replyId);
    expect(await texts(under, conversationId)).toEqual(['One?', 'Uno.']);
  });

  test('a version that is not on screen leaves the screen alone', async () => {
    const { under, conversationId, first } = await twoExchanges();
    await regenerate(under, first.replyId, 'Uno.');
    under.chat.removeMessage(first.replyId);
    expect(await texts(under, conversationId)).toEqual(['One?', 'Uno.']);
    under.chat.restoreMessage(first.replyId);
    expect(await texts(under, conversationId)).toEqual(['One?', 'Uno.']);
    under.chat.selectVersion(first.replyId, 0);
    expect(await texts(under, conversationId)).toEqual(['One?', 'One.', 'Two?', 'Two.']);
  });

  test('inside what is removed later comes back only by its own undoing, or with the rest', async () => {
    const { under, conversationId, first, second } = await twoExchanges();
    under.chat.removeMessage(second.messageId);
    under.chat.removeMessage(first.replyId);
    under.chat.restoreMessage(first.replyId);
    expect(await texts(under, conversationId)).toEqual(['One?', 'One.']);
    under.chat.removeMessage(first.replyId);
    under.chat.restoreMessage(second.messageId);
    expect(await texts(under, conversationId)).toEqual(['One?']);
    under.chat.restoreMessage(first.replyId);
    under.chat.selectVersion(first.replyId, 0);
    expect(await texts(under, conversationId)).toEqual(['One?', 'One.', 'Two?', 'Two.']);
  });

  test('is final after 30 days', async () => {
    const { under, conversationId, second } = await twoExchanges();
    const day = 24 * 60 * 60 * 1000;
    under.chat.removeMessage(second.messageId);
    const later = await under.restart();
    later.clock.nowMs += 29 * day;
    expect(purge(later.store, later.clock.nowMs - 30 * day)).toBe(0);
    later.clock.nowMs += 2 * day;
    expect(purge(later.store, later.clock.nowMs - 30 * day)).toBe(2);
    expect(failureOf(() => later.chat.restoreMessage(second.messageId)).code).toBe('MESSAGE_NOT_FOUND');
    expect(await texts(later, conversationId)).toEqual(['One?', 'One.']);
  });

  test('what was removed is not read by the model and not found', async () => {
    const { under, conversationId, second } = await twoExchanges();
    under.chat.removeMessage(second.messageId);
    expect(search(under.chat, 'Two')).toEqual([]);
    under.ask('Three?', conversationId);
    const call = await under.models.main.nextCall();
    expect(call.lines).toEqual(['user: One?', 'assistant: One.', 'user: Three?']);
    await under.finish(call, conversationId);
  });
});

describe('while an answer is being written', () => {
  test('nothing moves the branch under it', async () => {
    const { under, conversationId, first, second } = await twoExchanges();
    under.chat.removeMessage(second.messageId);
    under.ask('Three?', conversationId);
    const calls: (() => unknown)[] = [
      () => under.chat.regenerate(first.replyId, null),
      () => under.chat.continueReply(first.replyId),
      () => under.chat.edit({ requestId: newRequestId(), messageId: first.messageId, text: 'x', modelId: null }),
      () => under.chat.selectVersion(first.replyId, 0),
      () => under.chat.removeMessage(first.replyId),
      () => under.chat.restoreMessage(second.messageId),
    ];
    for (const call of calls) expect(failureOf(call).data).toEqual({ conversationId });
    under.chat.stop(conversationId);
    expect(await texts(under, conversationId)).toEqual(['One?', 'One.', 'Three?', '']);
  });
});

test('a message that does not exist is named by every call', async () => {
  const { under, conversationId, second } = await twoExchanges();
  const calls: ((id: string) => unknown)[] = [
    (id) => under.chat.earlier(id, 10),
    (id) => under.chat.regenerate(id, null),
    (id) => under.chat.continueReply(id),
    (id) => under.chat.selectVersion(id, 0),
    (id) => under.chat.removeMessage(id),
    (id) => under.chat.restoreMessage(id),
  ];
  for (const call of calls) {
    expect(failureOf(() => call('nowhere'))).toMatchObject({
      code: 'MESSAGE_NOT_FOUND',
      data: { messageId: 'nowhere' },
    });
  }
  expect(failureOf(() => under.chat.restoreMessage(second.replyId)).code).toBe('MESSAGE_NOT_FOUND');
  expect(failureOf(() => under.chat.selectVersion(second.replyId, 5)).code).toBe('BAD_INPUT');
  under.chat.remove(conversationId);
  for (const call of calls) expect(failureOf(() => call(second.replyId)).code).toBe('MESSAGE_NOT_FOUND');
});
