import { expect, test } from 'vitest';
import { createDisposables } from '../../electron/lib/disposables.ts';

test('what came last is disposed first, and a second call waits for the first', async () => {
  const disposables = createDisposables();
  const order: string[] = [];
  const gate = Promise.withResolvers<void>();
  disposables.defer(() => void order.push('first'));
  disposables.add({ [Symbol.dispose]: () => void order.push('second') });
  disposables.defer(async () => {
    await gate.promise;
    order.push('third');
  });
  const one = disposables[Symbol.asyncDispose]();
  const two = disposables[Symbol.asyncDispose]().then(() => order.push('second call returned'));
  gate.resolve();
  await Promise.all([one, two]);
  expect(order).toEqual(['third', 'second', 'first', 'second call returned']);
});

test('a failing part does not keep the others from being disposed', async () => {
  const disposables = createDisposables();
  const order: string[] = [];
  disposables.defer(() => void order.push('reached'));
  disposables.defer(() => {
    throw new Error('failed');
  });
  await expect(disposables[Symbol.asyncDispose]()).rejects.toThrow('failed');
  expect(order).toEqual(['reached']);
});
