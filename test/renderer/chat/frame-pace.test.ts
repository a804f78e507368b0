import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { createFramePace } from '../../../renderer/chat/frame-pace.ts';

let frames: Map<number, () => void>;
let nextFrame: number;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
  frames = new Map();
  nextFrame = 1;
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => {
    frames.set(nextFrame, run);
    return nextFrame++;
  });
  vi.stubGlobal('cancelAnimationFrame', (frame: number) => frames.delete(frame));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function paint(): void {
  const due = [...frames.values()];
  frames.clear();
  for (const run of due) run();
}

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
});

test('what comes in a rush is done once per frame', () => {
  const { pace, done } = setUp();
  for (let event = 0; event < 50; event += 1) pace.request();
  expect(done).toHaveLength(1);
  paint();
  expect(done).toHaveLength(2);
  paint();
  expect(done).toHaveLength(2);
});

test('slow work is put off until as much time again and more has passed', async () => {
  const { pace, done } = setUp(40);
  pace.request();
  await Promise.resolve();
  pace.request();
  vi.advanceTimersByTime(60);
  paint();
  expect(done).toHaveLength(1);
  vi.advanceTimersByTime(25);
  paint();
  expect(done).toHaveLength(2);
});

test('a hidden window, which is not painted, still takes what it is sent', () => {
  const { pace, done } = setUp();
  pace.request();
  pace.request();
  vi.advanceTimersByTime(100);
  expect(done).toHaveLength(2);
});

test('what was cancelled is not done', () => {
  const { pace, done } = setUp();
  pace.request();
  pace.request();
  pace.cancel();
  paint();
  vi.advanceTimersByTime(1000);
  expect(done).toHaveLength(1);
});
