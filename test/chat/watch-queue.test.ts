import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createWatchQueue } from '../../electron/chat/watch-queue.ts';

/** A counter whose watchers get its value as a snapshot and each addition as an event. */
type CounterEvent = { snapshot: number } | { added: number };

function counter(signal: AbortSignal = new AbortController().signal) {
  let value = 0;
  let ends = 0;
  let snapshots = 0;
  const queue = createWatchQueue<CounterEvent>({
    snapshot() {
      snapshots += 1;
      return [{ snapshot: value }];
    },
    merge: (earlier, later) =>
      'added' in earlier && 'added' in later && earlier.added + later.added < 1000
        ? { added: earlier.added + later.added }
        : undefined,
    signal,
    onEnd: () => (ends += 1),
  });
  return {
    queue,
    get value() {
      return value;
    },
    get ends() {
      return ends;
    },
    get snapshots() {
      return snapshots;
    },
    add(amount: number) {
      value += amount;
      queue.push({ added: amount });
    },
  };
}

function playedValue(events: readonly CounterEvent[]): number {
  return events.reduce((sum, event) => ('snapshot' in event ? event.snapshot : sum + event.added), Number.NaN);
}

describe('a watch', () => {
  test('adds up to the present value, however reading and changing alternate', async () => {
    const step = fc.oneof(
      fc.record({ add: fc.integer({ min: 1, max: 2000 }) }),
      fc.constant('read' as const),
      fc.constant('refresh' as const),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const watched = counter();
        const reader = watched.queue[Symbol.asyncIterator]();
        const events: CounterEvent[] = [];
        let reading: Promise<void> | undefined;
        const read = async (): Promise<void> => {
          events.push((await reader.next()).value);
          reading = undefined;
        };
        for (const each of steps) {
          if (each === 'read') reading ??= read();
          else if (each === 'refresh') watched.queue.refresh();
          else watched.add(each.add);
        }
        watched.add(1);
        for (let reads = 0; reads < 100 && playedValue(events) !== watched.value; reads += 1) {
          await (reading ??= read());
        }
        expect(playedValue(events)).toBe(watched.value);
        expect('snapshot' in (events[0] ?? {})).toBe(true);
      }),
    );
  });

  test('gives what follows a snapshot exactly once', async () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 1, maxLength: 100 });
    await fc.assert(
      fc.asyncProperty(amounts, fc.infiniteStream(fc.boolean()), async (all, turns) => {
        const watched = counter();
        const events: CounterEvent[] = [];
        const read = async (): Promise<void> => {
          for await (const event of watched.queue) events.push(event);
        };
        const reading = read();
        for (const amount of all) {
          watched.add(amount);
          if (turns.next().value === true) await new Promise((resolve) => setImmediate(resolve));
        }
        await new Promise((resolve) => setImmediate(resolve));
        expect(playedValue(events)).toBe(watched.value);
        watched.queue.end();
        await reading;
      }),
      { numRuns: 50 },
    );
  });

  test('nobody reads takes no memory and costs no snapshot', () => {
    const watched = counter();
    for (let index = 0; index < 100_000; index += 1) watched.add(1500);
    expect(watched.snapshots).toBe(0);
  });

  test('that fell far behind begins again with a snapshot', async () => {
    const watched = counter();
    const reader = watched.queue[Symbol.asyncIterator]();
    await reader.next();
    for (let index = 0; index < 10_000; index += 1) watched.add(1500);
    const events: CounterEvent[] = [];
    for (let index = 0; index < 300 && playedValue(events) !== watched.value; index += 1) {
      events.push((await reader.next()).value);
    }
    expect(playedValue(events)).toBe(watched.value);
    expect(events.length).toBeLessThanOrEqual(257);
  });

  test('ends once for each of its ways to end, and waiting readers are told', async () => {
    const controller = new AbortController();
    const [aborted, returned, finished] = [counter(controller.signal), counter(), counter()];
    const readers = [aborted, returned, finished].map(({ queue }) => queue[Symbol.asyncIterator]());
    await Promise.all(readers.map((reader) => reader.next()));
    const waiting = readers.map((reader) => reader.next());
    controller.abort();
    await readers[1]?.return?.();
    finished.queue.end();
    expect(await Promise.all(waiting)).toEqual([1, 2, 3].map(() => ({ done: true, value: undefined })));
    finished.add(1);
    finished.queue.end();
    finished.queue.refresh();
    expect((await readers[2]?.next())?.done).toBe(true);
    expect([aborted.ends, returned.ends, finished.ends]).toEqual([1, 1, 1]);
  });

  test('whose snapshot fails tells the reader and ends', async () => {
    let ends = 0;
    const queue = createWatchQueue<CounterEvent>({
      snapshot() {
        throw new Error('no database');
      },
      merge: () => undefined,
      signal: new AbortController().signal,
      onEnd: () => (ends += 1),
    });
    const reader = queue[Symbol.asyncIterator]();
    await expect(reader.next()).rejects.toThrow('no database');
    expect((await reader.next()).done).toBe(true);
    expect(ends).toBe(1);
  });
});
