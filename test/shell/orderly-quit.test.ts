import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { createOrderlyQuit } from '../../electron/shell/orderly-quit.ts';
import { spiedLog } from './spied-log.ts';

/** As much of Electron's app as quitting needs. */
function fakeApp() {
  const listeners = new Map<string, (event: { preventDefault(): void }) => void>();
  const exits: number[] = [];
  return {
    exits,
    on: (event: string, listener: (event: { preventDefault(): void }) => void) => void listeners.set(event, listener),
    exit: (code: number) => void exits.push(code),
    /** True when the process was held. */
    willQuit() {
      const preventDefault = vi.fn();
      listeners.get('will-quit')?.({ preventDefault });
      return preventDefault.mock.calls.length === 1;
    },
    beforeQuit: () => listeners.get('before-quit')?.({ preventDefault: vi.fn() }),
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('quitting', () => {
  test('holds the process until everything has ended, once', async () => {
    const app = fakeApp();
    const ended = Promise.withResolvers<void>();
    const dispose = vi.fn(() => ended.promise);
    const quit = createOrderlyQuit({ app, dispose, limitMs: 5_000, log: spiedLog() });
    expect(quit.quitting).toBe(false);
    app.beforeQuit();
    expect(quit.quitting).toBe(true);
    expect(app.willQuit()).toBe(true);
    expect(app.willQuit()).toBe(true);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(app.exits).toEqual([]);
    ended.resolve();
    await vi.runAllTimersAsync();
    expect(dispose).toHaveBeenCalledOnce();
    expect(app.exits).toEqual([0]);
  });

  test('ends the process all the same when something hangs, and says so', async () => {
    const app = fakeApp();
    const log = spiedLog();
    createOrderlyQuit({ app, dispose: () => new Promise(() => {}), limitMs: 5_000, log });
    app.willQuit();
    await vi.advanceTimersByTimeAsync(4_999);
    expect(app.exits).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(app.exits).toEqual([1]);
    expect(log.error).toHaveBeenCalledOnce();
  });

  test('tells by its exit code that something could not be ended', async () => {
    const app = fakeApp();
    const log = spiedLog();
    createOrderlyQuit({ app, dispose: () => Promise.reject(new Error('x')), limitMs: 5_000, log });
    app.willQuit();
    await vi.runAllTimersAsync();
    expect(app.exits).toEqual([1]);
    expect(log.error).toHaveBeenCalledOnce();
  });
});
