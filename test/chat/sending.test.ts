import { describe, expect, test } from 'vitest';

import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { failureOf } from '../store/failure-of.ts';
import { ended, newRequestId, startChat } from './chat-under-test.ts';
import { purge } from '../store/empty-bin.ts';

describe('a message', () => {
  test('begins a conversation, is answered word by word, and stays after a restart', async () => {
    const first = startChat();
    const { conversationId, messageId, replyId } = first.ask('How do glaciers move?');
    const call = await first.models.main.nextCall();
    expect(call.lines).toEqual(['user: How do glaciers move?']);
    call.say('They ');
    call.say('slide.');
    await first.finish(call, conversationId);

    const second = await first.restart();
    expect(await second.messages(conversationId)).toMatchObject([
      {
        id: messageId,
        conversationId,
        parentId: null,
        role: 'user',
        text: 'How do glaciers move?',
        state: 'done',
        model: null,
      },
      {
        id: replyId,
        parentId: messageId,
        role: 'assistant',
        text: 'They slide.',
        state: 'done',
        error: null,
        model: { id: 'main', name: 'Model main' },
        version: { index: 0, count: 1 },
      },
    ]);
    expect(second.chat.list(null, 10)).toMatchObject({
      total: 1,
      conversations: [{ id: conversationId, title: 'How do glaciers move?', modelId: 'main', running: false }],
    });
  });

  test('is stored before the call returns', () => {
    const { chat, store } = startChat();
    const reply = chat.send({ requestId: newRequestId(), conversationId: null, text: 'Hello', modelId: null });
    expect(store.messages.find(reply.messageId)).toMatchObject({ text: 'Hello', state: 'done' });
    expect(store.messages.find(reply.replyId)).toMatchObject({ text: '', state: 'running' });
  });

  test('is read by the model after the turns before it and the system prompt', async () => {
    const { models, settings, ask, exchange } = startChat();
    const { conversationId } = await exchange('One?', 'One.');
    settings.systemPrompt = 'Be brief.';
    ask('Two?', conversationId);
    const call = await models.main.nextCall();
    expect(call.lines).toEqual(['system: Be brief.', 'user: One?', 'assistant: One.', 'user: Two?']);
    expect(call.options.includeRawChunks).toBe(true);
  });

  test('is answered by the model that was asked for', async () => {
    const { chat, models } = startChat();
    const { conversationId, replyId } = chat.send({
      requestId: newRequestId(),
      conversationId: null,
      text: 'Hello',
      modelId: 'other',
    });
    const call = await models.other.nextCall();
    call.finish();
    await ended(chat, conversationId);
    expect(models.main.calls).toHaveLength(0);
    expect(chat.list(null, 1).conversations[0]?.modelId).toBe('other');
    expect(chat.earlier(replyId, 1).messages).toHaveLength(1);
  });

  test('sent twice with one request id is one message, also while it is answered and after a restart', async () => {
    const first = startChat();
    const request = { requestId: 'once', conversationId: null, text: 'Hello', modelId: null };
    const reply = first.chat.send(request);
    expect(first.chat.send(request)).toEqual(reply);
    expect(first.chat.send({ ...request, conversationId: reply.conversationId })).toEqual(reply);
    await first.finish(await first.models.main.nextCall(), reply.conversationId);
    const second = await first.restart();
    expect(second.chat.send(request)).toEqual(reply);
    expect(second.models.main.calls).toHaveLength(0);
    expect(second.chat.list(null, 10).total).toBe(1);
    expect(await second.messages(reply.conversationId)).toHaveLength(2);
  });

  test('sent again after its answer was regenerated still returns the first result', async () => {
    const { chat, models, finish } = startChat();
    const request = { requestId: 'once', conversationId: null, text: 'Hello', modelId: null };
    const reply = chat.send(request);
    await finish(await models.main.nextCall(), reply.conversationId);
    chat.regenerate(reply.replyId, null);
    expect(chat.send(request)).toEqual(reply);
  });

  test('waits for the answer before it in the same conversation only', async () => {
    const { chat, models, ask, finish } = startChat();
    const first = ask('One?');
    const error = failureOf(() => ask('Two?', first.conversationId));
    expect(error.code).toBe('TURN_RUNNING');
    expect(error.data).toEqual({ conversationId: first.conversationId });
    const second = ask('Elsewhere?');
    const calls = [await models.main.nextCall(), await models.main.nextCall()];
    calls[1]?.say('There.');
    calls[0]?.say('Here.');
    for (const call of calls) call.finish();
    await ended(chat, first.conversationId);
    await ended(chat, second.conversationId);
    expect(chat.earlier(ask('x', first.conversationId).messageId, 1).messages[0]?.text).toBe('Here.');
    expect(chat.earlier(ask('x', second.conversationId).messageId, 1).messages[0]?.text).toBe('There.');
    await finish(await models.main.nextCall(), first.conversationId);
  });

  test('is dated in whole milliseconds, whatever the clock says', async () => {
    const { chat, clock, exchange, messages, store } = startChat({ nowMs: 1_800_000_000_000.75 });
    const { conversationId, messageId } = await exchange('One?', 'One.');
    clock.nowMs += 10.5;
    expect(chat.rename(conversationId, 'Numbers').updatedAt).toBe(1_800_000_000_011);
    expect((await messages(conversationId)).map(({ createdAt }) => createdAt)).toEqual([
      1_800_000_000_000, 1_800_000_000_000,
    ]);
    chat.removeMessage(messageId);
    chat.remove(conversationId);
    expect(purge(store, clock.nowMs + 1.5)).toBe(3);
  });

  test('keeps half characters and zero bytes from spoiling the text', async () => {
    const { exchange, messages } = startChat();
    const { conversationId } = await exchange('a\ud83d b\0c 天气 👍', 'x\0y');
    const [question, answer] = await messages(conversationId);
    expect(question?.text).toBe('a\ufffd b\0c 天气 👍');
    expect(answer?.text).toBe('x\0y');
  });
});

describe('a message that cannot be sent', () => {
  test.each([
    ['is blank', ' \n\t', 'BAD_INPUT'],
    ['is too long', 'x'.repeat(200_001), 'MESSAGE_TOO_LONG'],
  ])('because it %s is refused and nothing is stored', (_, text, code) => {
    const { chat, ask } = startChat();
    expect(failureOf(() => ask(text)).code).toBe(code);
    expect(chat.list(null, 10).total).toBe(0);
  });

  test('because it is too long says how long', () => {
    const { ask } = startChat();
    expect(failureOf(() => ask('x'.repeat(200_001))).data).toEqual({ lengthChars: 200_001, limitChars: 200_000 });
    expect(ask('x'.repeat(200_000)).messageId).toBeTruthy();
  });

  test.each<[string, (chat: ReturnType<typeof startChat>) => void, string]>([
    ['there is no model', ({ forget }) => ['main', 'other'].forEach(forget), 'NO_MODEL'],
    ['the model is unknown', ({ forget }) => forget('main'), 'MODEL_NOT_FOUND'],
  ])('because %s is not stored, so that it stays in the composer', async (_, prepare, code) => {
    const under = startChat();
    const { conversationId } = await under.exchange('One?', 'One.');
    prepare(under);
    expect(failureOf(() => under.ask('Two?', conversationId)).code).toBe(code);
    expect(failureOf(() => under.ask('New?')).code).toBe(code);
    expect(await under.messages(conversationId)).toHaveLength(2);
    expect(under.chat.list(null, 10).total).toBe(1);
  });

  test('because its conversation is unknown or removed is refused', async () => {
    const { chat, ask, exchange } = startChat();
    expect(failureOf(() => ask('Hello', 'nowhere')).data).toEqual({ conversationId: 'nowhere' });
    const { conversationId } = await exchange('One?', 'One.');
    chat.remove(conversationId);
    expect(failureOf(() => ask('Two?', conversationId)).code).toBe('CONVERSATION_NOT_FOUND');
  });

  test('because the system prompt leaves no room for it fails visibly and keeps the message', async () => {
    const under = startChat({ contextTokens: 64 });
    under.settings.systemPrompt = 'word '.repeat(500);
    const { conversationId } = under.ask('word '.repeat(500));
    await ended(under.chat, conversationId);
    const [question, reply] = await under.messages(conversationId);
    expect(question?.state).toBe('done');
    expect(reply).toMatchObject({
      state: 'failed',
      text: '',
      error: { code: 'CONTEXT_FULL', data: { contextTokens: 64 } },
    });
  });
});

describe('a long conversation', () => {
  test('is read from where it fits, and the answer says how much was left out', async () => {
    const { models, ask, exchange, finish, messages } = startChat({ contextTokens: 700 });
    let conversationId: string | null = null;
    for (let index = 0; index < 12; index += 1) {
      ({ conversationId } = await exchange(
        `Question ${index} ${'about rivers '.repeat(10)}`,
        `Answer ${index} ${'is water '.repeat(10)}`,
        conversationId,
      ));
    }
    const { replyId } = ask('And the last?', conversationId);
    const call = await models.main.nextCall();
    await finish(call, conversationId ?? '');
    const reply = (await messages(conversationId ?? '')).find(({ id }) => id === replyId);
    const omitted = reply?.stats?.omittedMessages ?? 0;
    expect(omitted).toBeGreaterThan(0);
    expect(call.lines).toHaveLength(25 - omitted);
    expect(call.lines.at(-1)).toBe('user: And the last?');
  });

  test('is made shorter when the model counts more tokens than were estimated', async () => {
    const { models, ask, exchange, finish, messages } = startChat();
    let conversationId: string | null = null;
    for (let index = 0; index < 8; index += 1) {
      ({ conversationId } = await exchange(`Question ${index}`, 'is water '.repeat(60), conversationId));
    }
    models.main.refuseNext(new ClawdbotError('CONTEXT_FULL', 'Too long.', { neededTokens: 9000, contextTokens: 4096 }));
    const { replyId } = ask('And the last?', conversationId);
    const call = await models.main.nextCall();
    expect(call.lines.length).toBeLessThan(17);
    expect(call.lines.at(-1)).toBe('user: And the last?');
    call.say('Fine.');
    await finish(call, conversationId ?? '');
    expect((await messages(conversationId ?? '')).find(({ id }) => id === replyId)).toMatchObject({
      state: 'done',
      text: 'Fine.',
    });
  });

  test('fails with what the model said when nothing more can be left out', async () => {
    const { chat, models, ask, messages } = startChat();
    models.main.refuseNext(new ClawdbotError('CONTEXT_FULL', 'Too long.', { neededTokens: 5000, contextTokens: 4096 }));
    const { conversationId } = ask('Short, but dense.');
    await ended(chat, conversationId);
    expect((await messages(conversationId))[1]).toMatchObject({
      state: 'failed',
      error: { code: 'CONTEXT_FULL', data: { neededTokens: 5000 } },
    });
  });
});

describe('the title', () => {
  test('comes from the first message until a person gives one', async () => {
    const { chat, exchange } = startChat();
    const { conversationId } = await exchange('今天天气怎么样？我们去公园吧。', '很好。');
    const title = () => chat.list(null, 1).conversations[0]?.title;
    expect(title()).toBe('今天天气怎么样？');
    await exchange('And tomorrow?', 'Rain.', conversationId);
    expect(title()).toBe('今天天气怎么样？');
    chat.rename(conversationId, '  Weather\n');
    expect(title()).toBe('Weather');
  });

  test('of an empty conversation comes with its first message, unless it was created with one', async () => {
    const { chat, exchange } = startChat();
    const untitled = chat.create(null);
    const titled = chat.create('My plans');
    expect([untitled.title, titled.title]).toEqual(['', 'My plans']);
    await exchange('How do glaciers move?', 'Slowly.', untitled.id);
    await exchange('How do glaciers move?', 'Slowly.', titled.id);
    expect(
      chat
        .list(null, 10)
        .conversations.map(({ title }) => title)
        .toSorted(),
    ).toEqual(['How do glaciers move?', 'My plans']);
  });

  test('follows the first message when that is changed', async () => {
    const { chat, models, finish, exchange } = startChat();
    const { conversationId, messageId } = await exchange('How do glaciers move?', 'Slowly.');
    chat.edit({ requestId: newRequestId(), messageId, text: 'How do rivers move?', modelId: null });
    await finish(await models.main.nextCall(), conversationId);
    expect(chat.list(null, 1).conversations[0]?.title).toBe('How do rivers move?');
  });
});
