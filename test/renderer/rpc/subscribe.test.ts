import { ORPCError } from '@orpc/client';
import { describe, expect, test, vi } from 'vitest';

import { subscribe } from '../../../renderer/rpc/subscribe.ts';

async function* of<T>(...events: T[]): AsyncGenerator<T> {
  yield* events;
}

describe('a subscription', () => {
  test('is opened again when the host ends the stream', async () => {
    const seen: number[] = [];
    let opened = 0;
    const end = subscribe(
      async () => of((opened += 1)),
      (event) => seen.push(event),
      { firstDelayMs: 1, longestDelayMs: 2 },
    );
    await vi.waitFor(() => expect(seen.slice(0, 3)).toEqual([1, 2, 3]));
    end();
  });

  test('ends and tells why when trying again would not help', async () => {
    const gone = new ORPCError('CONVERSATION_NOT_FOUND', { defined: true, data: { conversationId: 'c' } });
    const open = vi.fn(async (): Promise<AsyncIterable<number>> => Promise.reject(gone));
    const onError = vi.fn();
    subscribe(open, () => {}, { onError, firstDelayMs: 1 });
    await vi.waitFor(() => expect(onError).toHaveBeenCalledWith(gone));
    expect(open).toHaveBeenCalledTimes(1);
  });

  test('tries again after an error that may pass', async () => {
    const seen: string[] = [];
    const answers = [Promise.reject(new Error('broken line')), Promise.resolve(of('here again'))];
    // Handled by the subscription when it gets there.
    answers[0]?.catch(() => {});
    const end = subscribe(
      () => answers.shift() ?? new Promise<AsyncIterable<string>>(() => {}),
      (event) => seen.push(event),
      { firstDelayMs: 1 },
    );
    await vi.waitFor(() => expect(seen).toEqual(['here again']));
    end();
  });

  test('gives nothing more once it was ended, and lets the stream know', async () => {
    const seen: number[] = [];
    let signal: AbortSignal | undefined;
    const { promise: more, resolve: goOn } = Promise.withResolvers<void>();
    async function* stream(): AsyncGenerator<number> {
      yield 1;
      await more;
      yield 2;
    }
    const end = subscribe(
      async (given) => {
        signal = given;
        return stream();
      },
      (event) => seen.push(event),
    );
    await vi.waitFor(() => expect(seen).toEqual([1]));
    end();
    expect(signal?.aborted).toBe(true);
    goOn();
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen).toEqual([1]);
  });
});
