import type { Offloaded } from './llama-functions.ts';

/** Calls a function of llama.cpp on libuv's thread; meanwhile the event loop turns. */
export function offload<A extends unknown[], R>(call: Offloaded<A, R>, ...args: A): Promise<R> {
  return new Promise((resolve, reject) => {
    call.async(...args, (error, result) => (error ? reject(error) : resolve(result)));
  });
}
