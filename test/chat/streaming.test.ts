import { describe, expect, test } from 'vitest';

import type { ThreadEvent } from '../../shared/contract/index.ts';
import { cancelled, ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { ended, firstEvent, record, startChat } from './chat-under-test.ts';

/** Plays the events as a window does; throws when they do not fit together. */
function playTexts(events: readonly ThreadEvent[]): Map<string, string> {
  let texts = new Map<string, string>();
  for (const event of events) {
    if (event.type === 'snapshot') texts = new Map(event.messages.map(({ id, text }) => [id, text]));
    if (event.type === 'message') texts.set(event.message.id, event.message.text);
    if (event.type === 'delta') {
      const text = texts.get(event.messageId);
      if (text?.length !== event.offset) {
        throw new Error(`A delta at ${event.offset} does not fit ${JSON.stringify(text)}.`);
      }
      texts.set(event.messageId, text + event.text);
    }
  }
  return texts;
}

const deltas = (events: readonly ThreadEvent[]) => events.filter((event) => event.type === 'delta');
const endings = (events: readonly ThreadEvent[], id: string) =>
  events.filter((event) => event.type === 'message' && event.message.id === id && event.message.state !== 'running');

describe('whoever watches a thread', () => {
  test('gets a snapshot, then every change once, in order', async () => {
    const { chat, models, exchange, ask } = startChat();
    const { conversationId } = await exchange('One?', 'One.');
    const watcher = record((signal) => chat.watchThread(conversationId, signal));
    await watcher.until((events) => events.length === 1);
    const { replyId, messageId } = ask('Two?', conversationId);
    const call = await models.main.nextCall();
    call.report({ phase: 'loading', fraction: 0.5 });
    await watcher.until((events) => events.at(-1)?.type === 'progress');
    call.report({ phase: 'reading', readTokens: 3, cachedTokens: 1, totalTokens: 9 });
    call.say('Tw');
    await watcher.until((events) => deltas(events).length === 1);
    call.say('o, 👍');
    await watcher.until((events) => deltas(events).length === 2);
    call.say('.');
    call.finish();
    await watcher.until((events) => endings(events, replyId).length === 1);

    expect(watcher.events).toMatchObject([
      {
        type: 'snapshot',
        messages: [{ text: 'One?' }, { text: 'One.' }],
        hasEarlier: false,
        progress: null,
        conversation: { running: false },
      },
      { type: 'message', message: { id: messageId, text: 'Two?' } },
      { type: 'message', message: { id: replyId, text: '', state: 'running' } },
      { type: 'conversation', conversation: { running: true } },
      { type: 'progress', messageId: replyId, progress: { phase: 'loading', modelName: 'Model main', fraction: 0.5 } },
      { type: 'progress', messageId: replyId, progress: { phase: 'reading', readTokens: 3, totalTokens: 9 } },
      { type: 'delta', messageId: replyId, offset: 0, text: 'Tw' },
      { type: 'delta', offset: 2, text: 'o, 👍' },
      { type: 'delta', offset: 7, text: '.' },
      { type: 'message', message: { id: replyId, text: 'Two, 👍.', state: 'done' } },
      { type: 'conversation', conversation: { running: false } },
    ]);
  });

  test('in the middle of an answer gets the text so far and goes on without a gap', async () => {
    const { chat, models, ask } = startChat();
    const { conversationId, replyId } = ask('Count.');
    const call = await models.main.nextCall();
    const first = record((signal) => chat.watchThread(conversationId, signal));
    const later: (typeof first)[] = [];
    for (let index = 0; index < 40; index += 1) {
      call.say(`w${index} `);
      if (index % 5 === 0) later.push(record((signal) => chat.watchThread(conversationId, signal)));
      if (index % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    call.finish();
    const expected = Array.from({ length: 40 }, (_, index) => `w${index} `).join('');
    for (const watcher of [first, ...later]) {
      await watcher.until((events) => endings(events, replyId).length === 1);
      expect(playTexts(watcher.events).get(replyId)).toBe(expected);
      expect(watcher.events.filter(({ type }) => type === 'snapshot')).toHaveLength(1);
    }
    const snapshot = later.at(-1)?.events[0];
    expect(snapshot).toMatchObject({
      type: 'snapshot',
      progress: { phase: 'answering' },
      conversation: { running: true },
    });
  });

  test('slowly gets adjacent pieces as one', async () => {
    const { chat, models, ask } = startChat();
    const { conversationId, replyId } = ask('Count.');
    const reader = chat.watchThread(conversationId, new AbortController().signal)[Symbol.asyncIterator]();
    expect((await reader.next()).value).toMatchObject({ type: 'snapshot' });
    const call = await models.main.nextCall();
    for (let index = 0; index < 5000; index += 1) call.say('word ');
    call.finish();
    await ended(chat, conversationId);
    const events: ThreadEvent[] = [];
    while (endings(events, replyId).length === 0) {
      const next = await reader.next();
      if (next.done === true) break;
      events.push(next.value);
    }
    expect(deltas(events)).toMatchObject([{ offset: 0, text: 'word '.repeat(5000) }]);
    expect(events.length).toBeLessThan(6);
  });

  test('far too slowly gets a new snapshot instead of everything missed', async () => {
    const { chat, exchange } = startChat();
    const { conversationId } = await exchange('One?', 'One.');
    const reader = chat.watchThread(conversationId, new AbortController().signal)[Symbol.asyncIterator]();
    await reader.next();
    for (let index = 0; index < 200; index += 1) await exchange(`Question ${index}`, `Answer ${index}`, conversationId);
    const { value } = await reader.next();
    expect(value).toMatchObject({ type: 'snapshot', hasEarlier: true });
    expect(value.messages.at(-1).text).toBe('Answer 199');
  });

  test('stops getting events when the signal fires, and others do not notice', async () => {
    const { chat, models, ask, finish } = startChat();
    const { conversationId, replyId } = ask('Count.');
    const leaving = record((signal) => chat.watchThread(conversationId, signal));
    const staying = record((signal) => chat.watchThread(conversationId, signal));
    await leaving.until((events) => events.length === 1);
    leaving.stop();
    await leaving.done;
    const call = await models.main.nextCall();
    call.say('One.');
    await finish(call, conversationId);
    await staying.until((events) => endings(events, replyId).length === 1);
    expect(leaving.events).toHaveLength(1);
  });

  test('with a signal that has fired gets nothing', async () => {
    const { chat, exchange } = startChat();
    const { conversationId } = await exchange('One?', 'One.');
    const watched: unknown[] = [];
    for await (const event of chat.watchThread(conversationId, AbortSignal.abort())) watched.push(event);
    for await (const event of chat.watchConversations(AbortSignal.abort())) watched.push(event);
    expect(watched).toEqual([]);
  });

  test('that does not exist is told at once', () => {
    const { chat } = startChat();
    expect(() => chat.watchThread('nowhere', new AbortController().signal)).toThrow(/does not exist/);
  });

  test('is told when the conversation is removed, and sees it again when it is restored', async () => {
    const { chat, exchange } = startChat();
    const { conversationId } = await exchange('One?', 'One.');
    const watcher = record((signal) => chat.watchThread(conversationId, signal));
    await watcher.until((events) => events.length === 1);
    chat.remove(conversationId);
    await watcher.until((events) => events.at(-1)?.type === 'removed');
    chat.restore(conversationId);
    await watcher.until((events) => events.some(({ type }, index) => index > 0 && type === 'snapshot'));
  });
});

describe('an answer', () => {
  test('is in the journal before anyone is shown it', async () => {
    const { chat, models, ask, store } = startChat();
    const { conversationId, replyId } = ask('Count.');
    const call = await models.main.nextCall();
    const checked: string[] = [];
    const watch = async (): Promise<void> => {
      for await (const event of chat.watchThread(conversationId, new AbortController().signal)) {
        if (event.type === 'message' && event.message.state === 'done') return;
        if (event.type !== 'delta') continue;
        const stored = store.messages.find(replyId)?.text ?? '';
        expect(stored.slice(event.offset, event.offset + event.text.length)).toBe(event.text);
        checked.push(event.text);
      }
    };
    const watching = watch();
    for (let index = 0; index < 20; index += 1) {
      call.say(`w${index} `);
      await new Promise((resolve) => setImmediate(resolve));
    }
    call.finish();
    await watching;
    expect(checked.join('')).toHaveLength(70);
  });

  test('carries the time its words left the sampler', async () => {
    const { chat, models, ask, clock } = startChat();
    const { conversationId } = ask('Count.');
    const watcher = record((signal) => chat.watchThread(conversationId, signal));
    const call = await models.main.nextCall();
    call.say('one', clock.nowMs - 12.5);
    await watcher.until((events) => deltas(events).length === 1);
    call.say('two');
    await watcher.until((events) => deltas(events).length === 2);
    expect(deltas(watcher.events)).toMatchObject([{ sentAtMs: clock.nowMs - 12.5 }, { sentAtMs: clock.nowMs }]);
  });

  test('is measured', async () => {
    const { chat, models, ask, clock, messages } = startChat();
    const { conversationId } = ask('Count.');
    const call = await models.main.nextCall();
    clock.nowMs += 300;
    call.say('one ');
    await new Promise((resolve) => setImmediate(resolve));
    clock.nowMs += 2000;
    call.say('two three');
    call.finish({ promptTokens: 40, cachedTokens: 30, replyTokens: 101 });
    await ended(chat, conversationId);
    expect((await messages(conversationId))[1]?.stats).toEqual({
      firstWordMs: 300,
      tokensPerSecond: 50,
      promptTokens: 40,
      cachedTokens: 30,
      replyTokens: 101,
      omittedMessages: 0,
    });
  });

  test('is measured by the clock of the model, even when its words arrive in one bunch', async () => {
    const { chat, models, ask, clock, messages } = startChat();
    const { conversationId } = ask('Count.');
    const call = await models.main.nextCall();
    const askedAtMs = clock.nowMs;
    clock.nowMs += 2300;
    call.say('one ', askedAtMs + 300);
    call.say('two three', askedAtMs + 2300);
    call.finish({ promptTokens: 40, cachedTokens: 30, replyTokens: 101 });
    await ended(chat, conversationId);
    expect((await messages(conversationId))[1]?.stats).toMatchObject({ firstWordMs: 300, tokensPerSecond: 50 });
  });

  test('split in the middle of a character is put together again', async () => {
    const { models, ask, finish, messages } = startChat();
    const { conversationId } = ask('Count.');
    const call = await models.main.nextCall();
    call.say('ok \ud83d');
    await new Promise((resolve) => setImmediate(resolve));
    call.say('\udc4d!');
    call.say('\ud83d');
    await finish(call, conversationId);
    expect((await messages(conversationId))[1]?.text).toBe('ok 👍!\ufffd');
  });

  test('reports what the model is doing until it speaks', async () => {
    const { chat, models, ask } = startChat();
    const { conversationId } = ask('Count.');
    const progress = async () => {
      const event = await firstEvent(chat, conversationId);
      return event.type === 'snapshot' ? event.progress : undefined;
    };
    expect(await progress()).toEqual({ phase: 'starting' });
    const call = await models.main.nextCall();
    const step = async (action: () => void) => {
      action();
      await new Promise((resolve) => setImmediate(resolve));
      return progress();
    };
    expect(await step(() => call.report({ phase: 'queued', ahead: 2 }))).toEqual({ phase: 'queued', ahead: 2 });
    expect(await step(() => call.report({ phase: 'loading', fraction: 1.2 }))).toEqual({
      phase: 'loading',
      modelName: 'Model main',
      fraction: 1,
    });
    expect(await step(() => call.report({ phase: 'reading', readTokens: 1, cachedTokens: 0, totalTokens: 2 }))).toEqual(
      { phase: 'reading', readTokens: 1, totalTokens: 2 },
    );
    expect(await step(() => call.say('One.'))).toEqual({ phase: 'answering' });
    expect(await step(() => call.report({ phase: 'queued', ahead: 2 }))).toEqual({ phase: 'answering' });
  });
});

describe('stopping', () => {
  test('ends the answer at once, whatever the model does, and keeps what was written', async () => {
    const { chat, models, ask, messages, exchange } = startChat();
    const { conversationId, replyId } = ask('Count.');
    const watcher = record((signal) => chat.watchThread(conversationId, signal));
    const call = await models.main.nextCall();
    call.say('one two');
    await watcher.until((events) => deltas(events).length === 1);
    call.say(' three');
    expect(chat.stop(conversationId)).toBe(true);
    expect(call.aborted).toBe(true);
    expect(chat.list(null, 1).conversations[0]?.running).toBe(false);
    const stored = (await messages(conversationId))[1];
    expect(stored).toMatchObject({ id: replyId, state: 'stopped', error: null, stats: null });
    expect(stored?.text).toMatch(/^one two/);
    call.say(' four');
    await new Promise((resolve) => setImmediate(resolve));
    expect((await messages(conversationId))[1]).toEqual(stored);
    expect(endings(watcher.events, replyId)).toHaveLength(1);
    expect(chat.stop(conversationId)).toBe(false);
    await exchange('Again.', 'Fine.', conversationId);
  });

  test('before the model has said anything leaves an empty answer', async () => {
    const { chat, ask, messages, models } = startChat();
    const { conversationId } = ask('Count.');
    expect(chat.stop(conversationId)).toBe(true);
    expect((await messages(conversationId))[1]).toMatchObject({ state: 'stopped', text: '' });
    expect(models.main.calls).toHaveLength(0);
  });

  test('a conversation that does not exist says so', () => {
    const { chat } = startChat();
    expect(() => chat.stop('nowhere')).toThrow(/does not exist/);
  });
});

describe('an answer that goes wrong', () => {
  const crashed = new ClawdbotError('ENGINE_CRASHED', 'The engine ended.', { reason: 'signal SIGKILL' });

  test.each<[string, string, unknown, object]>([
    [
      'by a crash in the middle is interrupted',
      'some words',
      crashed,
      { state: 'interrupted', error: { code: 'ENGINE_CRASHED' } },
    ],
    [
      'by a crash before the first word failed',
      '',
      crashed,
      { state: 'failed', error: { code: 'ENGINE_CRASHED', data: { reason: 'signal SIGKILL' } } },
    ],
    [
      'for lack of memory failed with the numbers',
      '',
      new ClawdbotError('OUT_OF_MEMORY', 'Too big.', { modelName: 'Big', neededBytes: 9, freeBytes: 3 }),
      {
        state: 'failed',
        error: { code: 'OUT_OF_MEMORY', message: 'Too big.', data: { modelName: 'Big', neededBytes: 9, freeBytes: 3 } },
      },
    ],
    [
      'by a cancellation nobody asked for is interrupted',
      'some words',
      cancelled(),
      { state: 'interrupted', error: { code: 'CANCELLED' } },
    ],
    [
      'unexpectedly failed with a reference',
      'some words',
      new TypeError('x is undefined'),
      { state: 'failed', error: { code: 'INTERNAL' } },
    ],
  ])('%s', async (_, text, error, expected) => {
    const under = startChat();
    const { conversationId } = under.ask('Count.');
    const call = await under.models.main.nextCall();
    call.say(text);
    call.fail(error);
    await ended(under.chat, conversationId);
    expect((await under.messages(conversationId))[1]).toMatchObject({ ...expected, text });
    const again = await under.restart();
    expect((await again.messages(conversationId))[1]).toMatchObject({ ...expected, text });
  });

  test('unexpectedly leaves the details in the log only', async () => {
    const { chat, models, ask, log, messages } = startChat();
    const { conversationId } = ask('Count.');
    (await models.main.nextCall()).fail(new TypeError('secret detail'));
    await ended(chat, conversationId);
    const reply = (await messages(conversationId))[1];
    expect(JSON.stringify(reply)).not.toContain('secret detail');
    const reference = reply?.error?.data['reference'];
    expect(log.entries).toContainEqual(
      expect.objectContaining({ level: 'error', fields: expect.objectContaining({ reference }) }),
    );
  });

  test('before its stream begins failed', async () => {
    const { chat, models, ask, messages } = startChat();
    models.main.refuseNext(new ClawdbotError('ENGINE_UNAVAILABLE', 'No engine.', { reason: 'missing' }));
    const { conversationId } = ask('Count.');
    await ended(chat, conversationId);
    expect((await messages(conversationId))[1]).toMatchObject({
      state: 'failed',
      error: { code: 'ENGINE_UNAVAILABLE' },
    });
  });

  test('without a word about why is interrupted', async () => {
    const { chat, models, ask, messages } = startChat();
    const first = ask('Count.');
    const call = await models.main.nextCall();
    call.say('one');
    call.vanish();
    await ended(chat, first.conversationId);
    expect((await messages(first.conversationId))[1]).toMatchObject({ state: 'interrupted', text: 'one' });
    const second = ask('Count.');
    (await models.main.nextCall()).finish({}, 'interrupted');
    await ended(chat, second.conversationId);
    expect((await messages(second.conversationId))[1]).toMatchObject({ state: 'interrupted', stats: null });
  });
});
