export interface Emitter<T> {
  /** Calls every listener, even when one throws; what they threw is thrown afterwards. */
  emit(value: T): void;
  /** Returns the function that ends it; calling that twice is harmless. */
  listen(listener: (value: T) => void): () => void;
  /** How many are listening. */
  readonly size: number;
}

export function createEmitter<T>(): Emitter<T> {
  // Wrapped, so that the same function given twice is two subscriptions with an end of their own.
  const subscriptions = new Set<{ listener: (value: T) => void }>();

  return {
    emit(value) {
      const thrown: unknown[] = [];
      // A copy: who subscribes during an event gets the next one; who unsubscribes must not get this one.
      for (const subscription of [...subscriptions]) {
        if (!subscriptions.has(subscription)) continue;
        try {
          subscription.listener(value);
        } catch (error) {
          thrown.push(error);
        }
      }
      if (thrown.length === 1) throw thrown[0];
      if (thrown.length > 1) throw new AggregateError(thrown, 'Several listeners failed.');
    },
    listen(listener) {
      const subscription = { listener };
      subscriptions.add(subscription);
      return () => void subscriptions.delete(subscription);
    },
    get size() {
      return subscriptions.size;
    },
  };
}
