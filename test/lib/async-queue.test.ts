import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAsyncQueue, type AsyncQueue } from '../../electron/lib/async-queue.ts';

async function readAll<T extends NonNullable<unknown> | null>(queue: AsyncQueue<T>): Promise<T[]> {
  const values: T[] = [];
  for await (const value of queue) values.push(value);
  return values;
}

test('values come out in the order they went in, whatever the rhythm of pushing and reading', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ value: fc.integer(), pause: fc.boolean() })), async (steps) => {
      const queue = createAsyncQueue<number>();
      const reading = readAll(queue);
      for (const { value, pause } of steps) {
        queue.push(value);
        if (pause) await Promise.resolve();
      }
      queue.end();
      expect(await reading).toEqual(steps.map((step) => step.value));
    }),
  );
});

test('falsy values are values', async () => {
  const queue = createAsyncQueue<number | string | boolean | null>();
  queue.push(0);
  queue.push('');
  queue.push(null);
  queue.push(false);
  queue.end();
  expect(await readAll(queue)).toEqual([0, '', null, false]);
});

test('a full queue refuses, or drops its oldest value, as asked', async () => {
  const refusing = createAsyncQueue<number>({ capacity: 2 });
  expect([1, 2, 3].map((value) => refusing.push(value))).toEqual([true, true, false]);
  refusing.end();
  expect(await readAll(refusing)).toEqual([1, 2]);

  const dropping = createAsyncQueue<number>({ capacity: 2, whenFull: 'dropOldest' });
  expect([1, 2, 3].map((value) => dropping.push(value))).toEqual([true, true, true]);
  dropping.end();
  expect(await readAll(dropping)).toEqual([2, 3]);
});

test('an aborted signal ends a waiting reader and drops what was not read', async () => {
  const controller = new AbortController();
  const ends: string[] = [];
  const queue = createAsyncQueue<number>({ signal: controller.signal, onEnd: () => ends.push('end') });
  const reading = readAll(queue);
  controller.abort();
  expect(await reading).toEqual([]);
  expect(queue.push(1)).toBe(false);
  queue.end();
  expect(ends).toEqual(['end']);

  const abortedBefore = createAsyncQueue<number>({ signal: controller.signal });
  expect(await readAll(abortedBefore)).toEqual([]);
});

test('a failure reaches the reader once, after the values before it', async () => {
  const queue = createAsyncQueue<number>();
  queue.push(1);
  queue.fail(new Error('broken'));
  const seen: number[] = [];
  await expect(
    (async () => {
      for await (const value of queue) seen.push(value);
    })(),
  ).rejects.toThrow('broken');
  expect(seen).toEqual([1]);

  const waiting = createAsyncQueue<number>();
  const reading = readAll(waiting);
  waiting.fail(new Error('broken too'));
  await expect(reading).rejects.toThrow('broken too');
});

test('a reader that stops reading ends the queue', async () => {
  let ended = 0;
  const queue = createAsyncQueue<number>({ onEnd: () => void (ended += 1) });
  queue.push(1);
  queue.push(2);
  for await (const value of queue) {
    expect(value).toBe(1);
    break;
  }
  expect(ended).toBe(1);
  expect(queue.size).toBe(0);
  expect(queue.push(3)).toBe(false);
});
