import { expect, test } from 'vitest';
import { createEmitter } from '../../electron/lib/emitter.ts';

test('every listener hears every value until it ends its subscription', () => {
  const emitter = createEmitter<number>();
  const heard: string[] = [];
  const endFirst = emitter.listen((value) => heard.push(`a${value}`));
  emitter.listen((value) => heard.push(`b${value}`));
  emitter.emit(1);
  endFirst();
  endFirst();
  emitter.emit(2);
  expect(heard).toEqual(['a1', 'b1', 'b2']);
  expect(emitter.size).toBe(1);
});

test('a listener that throws does not keep the others from hearing, and its error is not lost', () => {
  const emitter = createEmitter<number>();
  const heard: number[] = [];
  emitter.listen(() => {
    throw new Error('first');
  });
  emitter.listen((value) => heard.push(value));
  expect(() => emitter.emit(1)).toThrow('first');
  emitter.listen(() => {
    throw new Error('second');
  });
  expect(() => emitter.emit(2)).toThrow(AggregateError);
  expect(heard).toEqual([1, 2]);
});

test('a listener that ends another one during an event keeps it from hearing that event', () => {
  const emitter = createEmitter<null>();
  const heard: string[] = [];
  emitter.listen(() => end());
  const end = emitter.listen(() => heard.push('ended one'));
  emitter.listen(() => heard.push('other'));
  emitter.emit(null);
  expect(heard).toEqual(['other']);
});

test('the same function subscribed twice is called twice and ended one by one', () => {
  const emitter = createEmitter<null>();
  let calls = 0;
  const listener = (): void => void (calls += 1);
  const end = emitter.listen(listener);
  emitter.listen(listener);
  emitter.emit(null);
  end();
  emitter.emit(null);
  expect(calls).toBe(3);
});
