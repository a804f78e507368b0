import { expect, test } from 'vitest';
import { createThreadChoice } from '../../../../electron/engine/host/native/thread-choice.ts';

/** A machine on which calculations take as long as `slowdown` says, seen by the choice as real ones are. */
function machine(all: number) {
  let nowMs = 0;
  const choice = createThreadChoice(all, () => nowMs);
  return {
    get nowMs() {
      return nowMs;
    },
    /** Calculates for a while and gives the numbers of threads used. */
    run(durationMs: number, { busy, tokens = 1 }: { busy: boolean; tokens?: number }): number[] {
      const used: number[] = [];
      const endMs = nowMs + durationMs;
      while (nowMs < endMs) {
        const threads = choice.next();
        const undisturbedMs = (tokens + 1) * (10 / threads);
        const elapsedMs = busy ? undisturbedMs * (threads > 1 ? 12 : 2) : undisturbedMs;
        nowMs += elapsedMs;
        used.push(threads);
        choice.note({ threads, tokens, elapsedMs, interruptions: busy ? Math.ceil(elapsedMs / 5) : 0 });
      }
      return used;
    },
  };
}

const share = (used: readonly number[], threads: number): number =>
  used.filter((count) => count === threads).length / used.length;

test('left alone, all threads calculate', () => {
  expect(share(machine(2).run(20_000, { busy: false }), 2)).toBe(1);
  expect(share(machine(8).run(20_000, { busy: false, tokens: 64 }), 8)).toBe(1);
});

test('while others take the cores away fewer threads calculate, and all are tried ever more rarely', () => {
  const busy = machine(2);
  busy.run(2000, { busy: true });
  expect(share(busy.run(10_000, { busy: true }), 1)).toBeGreaterThan(0.95);
  expect(share(busy.run(120_000, { busy: true }), 1)).toBeGreaterThan(0.99);
});

test('soon after the others have gone all threads calculate again', () => {
  const shortly = machine(2);
  shortly.run(5000, { busy: true });
  shortly.run(10_000, { busy: false });
  expect(share(shortly.run(5000, { busy: false }), 2)).toBe(1);
  const long = machine(2);
  long.run(600_000, { busy: true });
  long.run(61_000, { busy: false });
  expect(share(long.run(5000, { busy: false }), 2)).toBe(1);
});

test('where fewer threads are no better, all of them go on', () => {
  let nowMs = 0;
  const choice = createThreadChoice(4, () => nowMs);
  const used: number[] = [];
  for (let step = 0; step < 2000; step += 1) {
    const threads = choice.next();
    const elapsedMs = 80 / threads;
    nowMs += elapsedMs;
    used.push(threads);
    choice.note({ threads, tokens: 1, elapsedMs, interruptions: 5 });
  }
  expect(share(used, 4)).toBeGreaterThan(0.95);
});

test('one thread stays one thread', () => {
  expect(share(machine(1).run(10_000, { busy: true }), 1)).toBe(1);
});

test('reading is not compared with writing', () => {
  let nowMs = 0;
  const choice = createThreadChoice(2, () => nowMs);
  const note = (tokens: number, elapsedMs: number): void => {
    nowMs += elapsedMs;
    choice.note({ threads: choice.next(), tokens, elapsedMs, interruptions: 40 });
  };
  note(64, 1000);
  expect(choice.next()).toBe(1);
  // Writing costs more for each token than reading ever did; that says nothing.
  note(1, 100);
  expect(choice.next()).toBe(1);
  note(64, 400);
  expect(choice.next()).toBe(1);
});
