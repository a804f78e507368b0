import { afterEach, describe, expect, test, vi } from 'vitest';

import { createDirectClient } from '../../../electron/rpc/direct-client.ts';
import { createRouter } from '../../../electron/rpc/router.ts';
import type { Pace } from '../../../renderer/chat/frame-pace.ts';
import { createThread, type Thread } from '../../../renderer/chat/thread.ts';
import type { ProbeMark } from '../../../renderer/chat/probe.ts';
import { tryReadError } from '../../../renderer/rpc/read-error.ts';
import type { Message } from '../../../shared/contract/index.ts';
import { createMessage, createScriptedChat, type ScriptedChat } from './scripted-chat.ts';
import { servicesWith, silent } from './services-with.ts';

/** Frames come when the test says so. */
function manualPace() {
  let work = (): void => {};
  let requested = 0;
  return {
    create(flush: () => void): Pace {
      work = flush;
      return { request: () => void (requested += 1), cancel: () => {} };
    },
    frame: () => work(),
    get requested() {
      return requested;
    },
  };
}

/** Patient: a busy machine is slow, not wrong. */
const until = (holds: () => boolean): Promise<boolean> => vi.waitUntil(holds, { timeout: 30_000, interval: 5 });

let open: Thread | undefined;
afterEach(() => {
  open?.[Symbol.dispose]();
  open = undefined;
  globalThis.__clawdbotProbe = undefined;
});

async function follow(script: ScriptedChat, conversationId = 'c1') {
  const pace = manualPace();
  const router = createRouter(servicesWith(script.chat), silent);
  open = createThread(createDirectClient(router, { kind: 'test', id: '1' }).chat, conversationId, (work) =>
    pace.create(work),
  );
  const thread = open;
  await until(() => thread.view.getState().phase === 'ready' || thread.view.getState().failure !== null);
  return { thread, pace, texts: () => thread.view.getState().messages.map(({ text }) => text) };
}

const running: Partial<Message> = { id: 'a', parentId: 'm1', role: 'assistant', state: 'running' };

describe('an open thread', () => {
  test('shows the snapshot at once', async () => {
    const { texts } = await follow(createScriptedChat(['Why is the sea salty?']));
    expect(texts()).toEqual(['Why is the sea salty?']);
  });

  test('changes once per frame, however much arrives', async () => {
    const script = createScriptedChat(['q']);
    const { thread, pace, texts } = await follow(script);
    let changes = 0;
    thread.view.subscribe(() => (changes += 1));
    script.put(createMessage(running));
    for (const word of ['one ', 'two ', 'three']) script.write('a', word);
    await until(() => pace.requested >= 4);
    expect(changes).toBe(0);
    pace.frame();
    expect(changes).toBe(1);
    expect(texts()).toEqual(['q', 'one two three']);
  });

  test('subscribes again after a gap, and has the whole text', async () => {
    const script = createScriptedChat(['q']);
    const { thread, pace, texts } = await follow(script);
    script.put(createMessage(running));
    script.write('a', 'one ');
    script.emit({ type: 'delta', messageId: 'a', offset: 99, text: 'lost', sentAtMs: 0 });
    await until(() => pace.requested >= 3);
    pace.frame();
    await until(() => !thread.view.getState().outOfStep);
    expect(texts()).toEqual(['q', 'one ']);
    expect(script.calls.filter(({ name }) => name === 'watchThread')).toHaveLength(2);
  });

  test('says why it cannot be followed', async () => {
    const { thread } = await follow(createScriptedChat(), 'unknown');
    expect(tryReadError(thread.view.getState().failure)?.code).toBe('CONVERSATION_NOT_FOUND');
    expect(thread.view.getState().phase).toBe('loading');
  });

  test('stops listening when it is closed', async () => {
    const script = createScriptedChat(['q']);
    const closed = await follow(script);
    closed.thread[Symbol.dispose]();
    const other = await follow(script);
    script.put(createMessage(running));
    await until(() => other.pace.requested > 0);
    expect(closed.pace.requested).toBe(0);
  });
});

describe('older messages', () => {
  test('are loaded page by page until there are no more', async () => {
    const script = createScriptedChat(Array.from({ length: 150 }, (_, index) => `t${index}`));
    script.window = 10;
    const { thread, texts } = await follow(script);
    while (thread.view.getState().hasEarlier) await thread.loadEarlier();
    expect(texts()).toEqual(script.messages.map(({ text }) => text));
    expect(script.calls.filter(({ name }) => name === 'earlier')).toHaveLength(3);
    await thread.loadEarlier();
    expect(script.calls.filter(({ name }) => name === 'earlier')).toHaveLength(3);
  });

  test('are asked for once while they are on their way', async () => {
    const script = createScriptedChat(['a', 'b', 'c']);
    script.window = 1;
    const { thread } = await follow(script);
    await Promise.all([thread.loadEarlier(), thread.loadEarlier()]);
    expect(script.calls.filter(({ name }) => name === 'earlier')).toHaveLength(1);
  });

  test('that cannot be loaded leave the thread as it is, and can be asked for again', async () => {
    const script = createScriptedChat(['a', 'b', 'c']);
    script.window = 1;
    const { thread, texts } = await follow(script);
    script.failNext('earlier', new Error('the line broke'));
    await thread.loadEarlier();
    expect(thread.view.getState().earlier).toBe('failed');
    expect(texts()).toEqual(['c']);
    await thread.loadEarlier();
    expect(thread.view.getState().earlier).toBe('idle');
    expect(texts()).toEqual(['a', 'b', 'c']);
  });
});

test('a probe is told of every delta after it was applied, and of the first word apart', async () => {
  const script = createScriptedChat(['q']);
  const marks: ProbeMark[] = [];
  const { pace, texts } = await follow(script);
  let shownAtMark = '';
  globalThis.__clawdbotProbe = (mark) => {
    shownAtMark = texts().at(-1) ?? '';
    marks.push(mark);
  };
  script.put(createMessage(running));
  script.write('a', 'one ');
  script.write('a', 'two');
  await until(() => pace.requested >= 3);
  pace.frame();
  expect(marks.map(({ kind }) => kind)).toEqual(['firstWord', 'delta', 'delta']);
  expect(shownAtMark).toBe('one two');
  for (const mark of marks) expect(mark.appliedAtMs).toBeGreaterThanOrEqual(mark.sentAtMs);
});
