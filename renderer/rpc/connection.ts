import { createORPCClient, DynamicLink } from '@orpc/client';

import type { Client } from './client.ts';
import { ConnectionLostError } from './connection-lost-error.ts';
import type { Link, Transport } from './transport.ts';

/** `connecting`: being tried now. `offline`: it failed, the next try is waiting. */
export type ConnectionState = 'connecting' | 'online' | 'offline';

export interface Connection {
  readonly client: Client;
  readonly state: ConnectionState;
  /** Called after every change of `state`; returns the function that ends it. */
  onChange(listener: () => void): () => void;
  /** Tries at once instead of waiting for the next turn. */
  retryNow(): void;
  dispose(): void;
}

export interface ConnectionOptions {
  /** Milliseconds before the second try; doubled after each failure. */
  readonly firstDelayMs?: number;
  readonly longestDelayMs?: number;
  /** How long a call waits for the line before it fails with `ConnectionLostError`. */
  readonly callPatienceMs?: number;
}

export function createConnection(transport: Transport, options: ConnectionOptions = {}): Connection {
  const { firstDelayMs = 250, longestDelayMs = 8_000, callPatienceMs = 15_000 } = options;
  const listeners = new Set<() => void>();
  const waiting = new Set<(link: Link | undefined) => void>();
  let state: ConnectionState = 'connecting';
  let link: Link | undefined;
  let giveUp: (() => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let disposed = false;

  const become = (next: ConnectionState): void => {
    if (state === next) return;
    state = next;
    for (const listener of listeners) listener();
  };

  const connect = (): void => {
    clearTimeout(timer);
    timer = undefined;
    become('connecting');
    giveUp = transport.open({
      opened: (opened) => {
        failures = 0;
        link = opened;
        become('online');
        for (const settle of waiting) settle(opened);
      },
      closed: () => {
        giveUp = undefined;
        link = undefined;
        if (disposed) return;
        const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** failures);
        failures += 1;
        // Spread, so that several windows do not knock at the same moment.
        timer = setTimeout(connect, delayMs * (0.75 + Math.random() / 2));
        become('offline');
      },
    });
  };

  const currentLink = (signal: AbortSignal | undefined): Promise<Link> => {
    if (link) return Promise.resolve(link);
    if (disposed) return Promise.reject(new ConnectionLostError());
    return new Promise<Link>((resolve, reject) => {
      const settle = (found: Link | undefined, reason?: unknown): void => {
        clearTimeout(patience);
        waiting.delete(settle);
        signal?.removeEventListener('abort', onAbort);
        if (found) resolve(found);
        else reject(reason ?? new ConnectionLostError());
      };
      const onAbort = (): void => settle(undefined, signal?.reason);
      const patience = setTimeout(() => settle(undefined), callPatienceMs);
      waiting.add(settle);
      signal?.addEventListener('abort', onAbort);
      if (signal?.aborted) onAbort();
    });
  };

  const call = async (used: Link, ...args: Parameters<Link['call']>): Promise<unknown> => {
    try {
      return await used.call(...args);
    } catch (error) {
      // A broken line reports the same AbortError as a cancelled call; only the latter is the caller's doing.
      if (link !== used && args[2].signal?.aborted !== true) throw new ConnectionLostError({ cause: error });
      throw error;
    }
  };

  connect();

  return {
    client: createORPCClient<Client>(
      new DynamicLink(async (linkOptions) => {
        const used = await currentLink(linkOptions.signal);
        return { call: (...args) => call(used, ...args) };
      }),
    ),
    get state() {
      return state;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    retryNow() {
      if (timer !== undefined) connect();
    },
    dispose() {
      disposed = true;
      clearTimeout(timer);
      timer = undefined;
      giveUp?.();
      link = undefined;
      for (const settle of waiting) settle(undefined);
      listeners.clear();
    },
  };
}
