import { createAsyncQueue } from '../lib/async-queue.ts';
import { createEmitter } from '../lib/emitter.ts';

/** Stored values that some follow, each as a whole; `K` says which of them. */
export interface WatchedValue<T, K = void> {
  /** The value now, and again after every change; a slow reader gets the newest. */
  watch(key: K, signal: AbortSignal): AsyncIterable<T>;
  /** To be called after each change. */
  changed(key: K): void;
}

export function createWatchedValue<T extends NonNullable<unknown>, K = void>(read: (key: K) => T): WatchedValue<T, K> {
  const changes = createEmitter<K>();
  return {
    watch(key, signal) {
      let stopListening = (): void => {};
      const queue = createAsyncQueue<T>({
        signal,
        capacity: 1,
        whenFull: 'dropOldest',
        onEnd: () => stopListening(),
      });
      if (queue.ended) return queue;
      queue.push(read(key));
      stopListening = changes.listen((changed) => {
        if (changed === key) queue.push(read(key));
      });
      return queue;
    },
    changed: (key) => changes.emit(key),
  };
}
