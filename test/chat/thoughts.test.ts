import { expect, test } from 'vitest';
import { applyThreadEvents, emptyThread } from '../../renderer/chat/thread-state.ts';
import { ended, record, startChat } from './chat-under-test.ts';

test('a thought is stored beside its answer, with the time it took, and not read by the model again', async () => {
  const { models, ask, clock, finish, messages } = startChat();
  const { conversationId } = ask('1 + 1?');
  const call = await models.main.nextCall();
  const startedMs = clock.nowMs;
  call.think('One and', startedMs + 100);
  call.think(' one.', startedMs + 2000);
  call.say('Two.', startedMs + 3100);
  await finish(call, conversationId);
  expect((await messages(conversationId))[1]).toMatchObject({
    text: 'Two.',
    thought: { text: 'One and one.', durationMs: 3000 },
    state: 'done',
    stats: { firstWordMs: 100 },
  });
  ask('And one more?', conversationId);
  const next = await models.main.nextCall();
  expect(next.lines).toEqual(['user: 1 + 1?', 'assistant: Two.', 'user: And one more?']);
});

test('a thought is shown while it grows, and whoever comes later sees the same', async () => {
  const { chat, models, ask, clock, finish, messages } = startChat();
  const { conversationId } = ask('1 + 1?');
  const early = record((signal) => chat.watchThread(conversationId, signal));
  const call = await models.main.nextCall();
  call.think('One and');
  await early.until((events) => events.some((event) => event.type === 'thought'));
  const late = record((signal) => chat.watchThread(conversationId, signal));
  await late.until((events) => events.length > 0);
  expect(late.events[0]).toMatchObject({ progress: { phase: 'thinking' } });
  clock.nowMs += 1500;
  call.think(' one.');
  call.say('Two.');
  await finish(call, conversationId);
  const stored = await messages(conversationId);
  for (const watcher of [early, late]) {
    await watcher.until((events) => events.some((event) => event.type === 'message' && event.message.state === 'done'));
    expect(applyThreadEvents(emptyThread, watcher.events).messages).toEqual(stored);
  }
  expect(stored[1]?.thought).toEqual({ text: 'One and one.', durationMs: 1500 });
});

test('a thought that is stopped is kept, and the answer that is continued thinks on behind it', async () => {
  const { chat, models, ask, messages, finish } = startChat();
  const { conversationId, replyId } = ask('1 + 1?');
  const watcher = record((signal) => chat.watchThread(conversationId, signal));
  const call = await models.main.nextCall();
  call.think('One and');
  await watcher.until((events) => events.some((event) => event.type === 'thought'));
  chat.stop(conversationId);
  expect((await messages(conversationId))[1]).toMatchObject({
    text: '',
    thought: { text: 'One and' },
    state: 'stopped',
  });
  chat.continueReply(replyId);
  const again = await models.main.nextCall();
  again.think(' one.');
  again.say('Two.');
  await finish(again, conversationId);
  expect((await messages(conversationId))[1]).toMatchObject({
    text: 'Two.',
    thought: { text: 'One and one.' },
    state: 'done',
  });
});

test('an engine that dies in a thought cuts the answer off and loses nothing', async () => {
  const { chat, models, ask, messages, restart } = startChat();
  const { conversationId } = ask('1 + 1?');
  const call = await models.main.nextCall();
  call.think('One and');
  call.vanish();
  await ended(chat, conversationId);
  const expected = { text: '', thought: { text: 'One and' }, state: 'interrupted' };
  expect((await messages(conversationId))[1]).toMatchObject(expected);
  const after = await restart();
  expect((await after.messages(conversationId))[1]).toMatchObject(expected);
});

test('an answer without a thought has none', async () => {
  const { exchange, messages } = startChat();
  const { conversationId } = await exchange('Hi', 'Hello.');
  expect((await messages(conversationId))[1]?.thought).toBeNull();
});
