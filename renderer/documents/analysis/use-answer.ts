import { useEffect, useState } from 'react';

export interface Awaited<T> {
  readonly value: T | null;
  readonly error: unknown;
}

/** What a call answers; asked again when `ask` changes, and given up when nobody waits any more. */
export function useAnswer<T>(ask: (signal: AbortSignal) => Promise<T>): Awaited<T> {
  const [answer, setAnswer] = useState<Awaited<T>>({ value: null, error: null });
  useEffect(() => {
    const given = new AbortController();
    setAnswer({ value: null, error: null });
    ask(given.signal).then(
      (value) => given.signal.aborted || setAnswer({ value, error: null }),
      (error: unknown) => given.signal.aborted || setAnswer({ value: null, error }),
    );
    return () => given.abort();
  }, [ask]);
  return answer;
}
