import { describe, expect, test, vi } from 'vitest';

import { createAsyncQueue } from '../../electron/lib/async-queue.ts';
import { follow } from '../../electron/shell/follow.ts';
import { runningAfter } from '../../electron/shell/running-conversations.ts';
import type { Conversation } from '../../shared/contract/index.ts';
import { spiedLog } from './spied-log.ts';
import { eventually } from './eventually.ts';

describe('following a watch', () => {
  test('takes every value until it is ended', async () => {
    const ended = new AbortController();
    const queue = createAsyncQueue<number>();
    const taken: number[] = [];
    const following = follow(
      (signal) => {
        signal.addEventListener('abort', () => queue.end());
        return Promise.resolve(queue);
      },
      (value) => taken.push(value),
      { signal: ended.signal, log: spiedLog() },
    );
    queue.push(1);
    queue.push(2);
    await eventually(() => expect(taken).toEqual([1, 2]));
    ended.abort();
    await following;
  });

  test('opens it again after it failed or ended', async () => {
    const ended = new AbortController();
    const log = spiedLog();
    const taken: number[] = [];
    let opened = 0;
    await follow(
      async () => {
        opened += 1;
        if (opened === 1) throw new Error('the core is busy');
        if (opened === 3) ended.abort();
        const queue = createAsyncQueue<number>();
        queue.push(opened);
        queue.end();
        return queue;
      },
      (value) => taken.push(value),
      { signal: ended.signal, log, pauseMs: 1 },
    );
    expect(taken).toEqual([2]);
    expect(log.warn).toHaveBeenCalledOnce();
  });

  test('does not open anything once it is ended', async () => {
    const open = vi.fn();
    await follow(open, vi.fn(), { signal: AbortSignal.abort(), log: spiedLog() });
    expect(open).not.toHaveBeenCalled();
  });
});

describe('the conversations that are being answered', () => {
  const conversation = (id: string, running: boolean): Conversation => ({
    id,
    title: id,
    createdAt: 0,
    updatedAt: 0,
    pinned: false,
    modelId: null,
    running,
  });

  test('are followed through snapshots, changes and removals', () => {
    let running = runningAfter(new Set(['old']), {
      type: 'snapshot',
      conversations: [conversation('a', true), conversation('b', false)],
      total: 2,
    });
    expect([...running]).toEqual(['a']);
    running = runningAfter(running, { type: 'upserted', conversation: conversation('b', true) });
    expect([...running]).toEqual(['a', 'b']);
    running = runningAfter(running, { type: 'upserted', conversation: conversation('a', false) });
    running = runningAfter(running, { type: 'removed', conversationId: 'b' });
    expect(running.size).toBe(0);
  });

  test('are the same set while nothing changes, so that nothing is drawn again', () => {
    const running = new Set(['a']);
    expect(runningAfter(running, { type: 'upserted', conversation: conversation('a', true) })).toBe(running);
    expect(runningAfter(running, { type: 'removed', conversationId: 'z' })).toBe(running);
  });
});
