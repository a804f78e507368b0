import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  createWatchdog,
  findHang,
  freshWatch,
  usualWatch,
  watchHeard,
  watchPassed,
  type Watch,
  type WatchLimits,
  type Work,
} from '../../electron/engine/watchdog.ts';

const limits: WatchLimits = { everyMs: 10, silenceMs: 100, answerStepMs: 500, loadStepMs: 900 };

/** So many looks, with something heard between them or not. */
function after(
  ms: number,
  hear: (watch: Watch, atMs: number) => Watch = (watch) => watch,
  work: Work = 'answers',
): Watch {
  let watch = freshWatch;
  for (let atMs = 0; atMs < ms; atMs += limits.everyMs) {
    watch = hear(watchPassed(watch, limits.everyMs, work, limits), atMs);
  }
  return watch;
}

describe('a process that has work', () => {
  test('is given up when nothing is heard of it', () => {
    expect(findHang(after(90), 'answers', limits)).toBeUndefined();
    expect(findHang(after(100), 'answers', limits)).toBe('it stopped responding');
    expect(findHang(after(100), 'load', limits)).toBe('it stopped responding');
  });

  test('may calculate for long while it beats, but not without end, and load for longer', () => {
    const beats = (watch: Watch): Watch => watchHeard(watch, 0);
    expect(findHang(after(490, beats), 'answers', limits)).toBeUndefined();
    expect(findHang(after(500, beats), 'answers', limits)).toBe('a calculation did not come to an end');
    expect(findHang(after(890, beats), 'load', limits)).toBeUndefined();
    expect(findHang(after(900, beats), 'load', limits)).toBe('loading a model got stuck');
  });

  test('may rest for ever, and has its whole time when it goes on', () => {
    const rested = after(50_000, (watch) => watchHeard(watch, 0), 'other');
    expect(findHang(rested, 'other', limits)).toBeUndefined();
    expect(findHang(watchPassed(rested, limits.everyMs, 'answers', limits), 'answers', limits)).toBeUndefined();
  });

  test('is left alone for ever while it gets on', () => {
    const steps = (watch: Watch, atMs: number): Watch => watchHeard(watch, Math.floor(atMs / 400));
    expect(findHang(after(50_000, steps), 'answers', limits)).toBeUndefined();
  });

  test('is not blamed for the sleep of the machine, however often and long it sleeps', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1e10 }), { maxLength: 4 }), (sleepsMs) => {
        const watch = sleepsMs.reduce((state, ms) => watchPassed(state, ms, 'answers', limits), freshWatch);
        expect(findHang(watch, 'answers', limits)).toBeUndefined();
      }),
    );
  });

  test('is never given up before the time, whatever the clock does', () => {
    const events = fc.array(fc.oneof(fc.integer({ min: -1e6, max: 1e6 }), fc.constant('beat' as const)));
    fc.assert(
      fc.property(events, (list) => {
        let watch = freshWatch;
        let awakeMs = 0;
        for (const event of list) {
          if (event === 'beat') {
            watch = watchHeard(watch, watch.steps + 1);
            awakeMs = 0;
          } else {
            watch = watchPassed(watch, event, 'answers', limits);
            awakeMs += Math.max(0, event);
          }
        }
        if (findHang(watch, 'answers', limits)) expect(awakeMs).toBeGreaterThanOrEqual(limits.silenceMs);
      }),
    );
  });

  test('has a minute, and much more for a calculation', () => {
    expect(usualWatch.silenceMs).toBeGreaterThanOrEqual(60_000);
    expect(usualWatch.answerStepMs).toBeGreaterThan(usualWatch.silenceMs);
    expect(usualWatch.loadStepMs).toBeGreaterThan(usualWatch.answerStepMs);
  });
});

describe('the watchdog', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test('watches while there is work, barks once, and starts afresh with new work', () => {
    vi.useFakeTimers();
    let work: Work = 'none';
    const onHang = vi.fn();
    const dog = createWatchdog(limits, () => work, onHang);
    dog.look();
    vi.advanceTimersByTime(10_000);
    expect(vi.getTimerCount()).toBe(0);

    work = 'answers';
    dog.look();
    vi.advanceTimersByTime(90);
    dog.heard();
    vi.advanceTimersByTime(90);
    expect(onHang).not.toHaveBeenCalled();
    work = 'none';
    dog.look();
    vi.advanceTimersByTime(10_000);
    work = 'answers';
    dog.look();
    vi.advanceTimersByTime(90);
    expect(onHang).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1_000);
    expect(onHang).toHaveBeenCalledExactlyOnceWith('it stopped responding');
    expect(vi.getTimerCount()).toBe(0);
  });
});
