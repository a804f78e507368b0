/**
 * Turns a service's watch into the iterator a call answers with. It ends, and lets the service know, when the request's
 * signal fires or when the reader returns; a generator would keep a pending `next` waiting in the second case.
 */
export function stream<T>(
  requestSignal: AbortSignal | undefined,
  watch: (signal: AbortSignal) => AsyncIterable<T>,
): AsyncIteratorObject<T, void, void> & AsyncGenerator<T, void, void> {
  const ended = new AbortController();
  const signal = requestSignal === undefined ? ended.signal : AbortSignal.any([requestSignal, ended.signal]);
  const source = watch(signal)[Symbol.asyncIterator]();

  const end = async (): Promise<void> => {
    ended.abort();
    await source.return?.();
  };
  return {
    async next() {
      const result = await source.next();
      return result.done === true ? { done: true, value: undefined } : result;
    },
    async return() {
      await end();
      return { done: true, value: undefined };
    },
    async throw(error: unknown) {
      await end();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: end,
  };
}
