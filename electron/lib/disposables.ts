/** Things disposed together, the newest first. */
export interface Disposables extends AsyncDisposable {
  /** Returns what it was given. */
  add<T extends Disposable | AsyncDisposable>(resource: T): T;
  defer(action: () => void | Promise<void>): void;
}

/**
 * Everything is disposed even when something fails; the failures are thrown afterwards. Unlike the built-in
 * `AsyncDisposableStack`, a second call waits for the first instead of returning at once.
 */
export function createDisposables(): Disposables {
  const stack = new AsyncDisposableStack();
  let disposing: Promise<void> | undefined;

  return {
    add: (resource) => stack.use(resource),
    defer: (action) => stack.defer(action),
    [Symbol.asyncDispose]: () => (disposing ??= stack.disposeAsync()),
  };
}
