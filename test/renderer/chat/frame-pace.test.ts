import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { createFramePace } from '../../../renderer/chat/frame-pace.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Work that takes as long as it is told, and how often it was done. */
function setUp(workMs = 0) {
  const done: number[] = [];
  const pace = createFramePace(() => {
    vi.advanceTimersByTime(workMs);
    done.push(performance.now());
  });
  return { pace, done };
}

test('what comes after a pause is done at once', () => {
  const { pace, done } = setUp();
  pace.request();
  expect(done).toHaveLength(1);
  vi.advanceTimersByTime(40);
  pace.request();
  expect(done).toHaveLength(2);
});

test('what comes in a rush is done together, a moment later', () => {
  const { pace, done } = setUp();
  for (let event = 0; event < 50; event += 1) pace.request();
  expect(done).toHaveLength(1);
  vi.advanceTimersByTime(40);
  expect(done).toHaveLength(2);
  vi.advanceTimersByTime(1000);
  expect(done).toHaveLength(2);
});

test('slow work is put off until as much time again and more has passed', async () => {
  const { pace, done } = setUp(40);
  pace.request();
  await Promise.resolve();
  pace.request();
  vi.advanceTimersByTime(60);
  expect(done).toHaveLength(1);
  vi.advanceTimersByTime(25);
  expect(done).toHaveLength(2);
});

test('what was cancelled is not done', () => {
  const { pace, done } = setUp();
  pace.request();
  pace.request();
  pace.cancel();
  vi.advanceTimersByTime(1000);
  expect(done).toHaveLength(1);
});
