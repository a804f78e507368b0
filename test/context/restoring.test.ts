import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { assistant, user } from './branch-under-test.ts';
import type { Turn } from './fill-branch.ts';
import { startKeeper } from './keeper-under-test.ts';

const longEnoughMs = 60_000;

function talk(count: number): Turn[] {
  return Array.from({ length: count }, (_, index) => [
    user(`What can you tell me about the harbour number ${index} of our town, and who takes care of it these days?`),
    assistant(
      `The harbour number ${index} was opened long ago. People of the town look after it together. Visitors like it most in early summer, when the days are long and the paths are dry.`,
    ),
  ]).flat();
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

test('what was being summarised when another database came is never written into it, nor begun again', async () => {
  const keeping = startKeeper(talk(9));
  let answer = (_text: string): void => {};
  keeping.script = () => new Promise((resolve) => (answer = resolve));
  keeping.exchange('And the mill?', 'It stands still.');
  await vi.advanceTimersByTimeAsync(longEnoughMs);
  expect(keeping.calls).toHaveLength(1);
  keeping.keeper.reset();
  answer('They spoke about the harbour of the town, and who looks after it.');
  await vi.advanceTimersByTimeAsync(longEnoughMs);
  expect(keeping.store.summaries.of(keeping.conversationId)).toEqual([]);
  expect(keeping.calls).toHaveLength(1);
});

test('a title that was being thought of when another database came is not given', async () => {
  const keeping = startKeeper();
  keeping.store.conversations.update(keeping.conversationId, { titleSource: 'message' });
  keeping.automaticTitles = true;
  let answer = (_text: string): void => {};
  keeping.script = () => new Promise((resolve) => (answer = resolve));
  keeping.exchange('What is there to see at the harbour?', 'The light at the end of the pier.');
  await vi.advanceTimersByTimeAsync(longEnoughMs);
  expect(keeping.calls).toHaveLength(1);
  keeping.keeper.reset();
  answer('Harbour and pier');
  await vi.advanceTimersByTimeAsync(longEnoughMs);
  expect(keeping.titles).toEqual([]);
  expect(keeping.store.summaries.titleTriedFrom(keeping.conversationId)).toBeUndefined();
});

test('what waits to be summarised when another database comes is not looked at again', async () => {
  const keeping = startKeeper(talk(9), { idleMs: 2000 });
  keeping.exchange('And the mill?', 'It stands still.');
  keeping.keeper.reset();
  keeping.keeper.retry(keeping.conversationId);
  await vi.advanceTimersByTimeAsync(longEnoughMs);
  expect(keeping.calls).toEqual([]);
  expect(keeping.store.summaries.of(keeping.conversationId)).toEqual([]);
});

test('a failure of before is not shown of another database, and who watches is told', async () => {
  const keeping = startKeeper(talk(9));
  keeping.script = ({ isAhead }) => {
    if (isAhead) throw new ClawdbotError('DISK_FULL', 'The disk is full. Free some space.', { path: '/data' });
    return '';
  };
  keeping.exchange('And the mill?', 'It stands still.');
  await vi.advanceTimersByTimeAsync(longEnoughMs);
  const watch = keeping.keeper.watch(keeping.conversationId, new AbortController().signal)[Symbol.asyncIterator]();
  expect((await watch.next()).value?.folding).toMatchObject({ kind: 'failed', error: { code: 'DISK_FULL' } });
  keeping.keeper.reset();
  expect((await watch.next()).value?.folding).toEqual({ kind: 'idle' });
});

test('what prompts were fitted to before is forgotten', () => {
  const keeping = startKeeper(talk(9));
  keeping.add(user('And the mill?'));
  const usual = keeping.assemble();
  // Estimates turned out to be far too low.
  const careful = keeping.assemble({ tokenScale: 2 });
  expect(careful.omittedMessages).toBeGreaterThan(usual.omittedMessages);
  expect(keeping.assemble().omittedMessages).toBe(careful.omittedMessages);
  keeping.keeper.reset();
  expect(keeping.assemble()).toEqual(usual);
});
