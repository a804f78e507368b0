import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { untilAborted } from '../../electron/lib/until-aborted.ts';

const never = new Promise<never>(() => undefined);

test('gives what the promise gives and leaves nothing behind on the signal', async () => {
  const { signal } = new AbortController();
  expect(await untilAborted(Promise.resolve(7), signal)).toBe(7);
  await expect(untilAborted(Promise.reject(new Error('broken')), signal)).rejects.toThrow('broken');
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

test('ends with the signal, before or after it aborts', async () => {
  const controller = new AbortController();
  const waiting = untilAborted(never, controller.signal);
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
  await expect(untilAborted(never, controller.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
});

test('a failure that comes too late disturbs nobody', async () => {
  const late = Promise.withResolvers<never>();
  await expect(untilAborted(late.promise, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
  late.reject(new Error('too late'));
  // An unhandled rejection would fail the run.
  await new Promise((resolve) => setImmediate(resolve));
});
