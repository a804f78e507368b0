import { ORPCError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/websocket';

import type { Log } from '../ports.ts';
import type { Caller, RpcContext } from './caller.ts';
import type { ClawdbotRouter } from './router.ts';
import { declaredError } from './translate-errors.ts';

/** The largest message a caller may send, in bytes of its encoding; a larger one is answered `PAYLOAD_TOO_LARGE`. */
export const payloadLimitBytes = 8 * 1024 * 1024;
/** Calls and streams one connection may have open. Windows use about ten. */
const openCallsLimit = 256;

export interface ConnectionOptions {
  readonly router: ClawdbotRouter;
  readonly caller: Caller;
  readonly log: Log;
  /** Delivers one message; may wait while the other side is slow, the streams wait with it. */
  readonly send: (message: string) => void | Promise<void>;
  /** Called when what arrives cannot be answered at all; the transport then hangs up. */
  readonly hangUp: (reason: string) => void;
}

export interface Connection {
  /** Takes one message as it arrived; whatever it holds, nothing is thrown. */
  receive(message: unknown): void;
  /** Ends every call and stream of this connection. */
  close(): void;
}

type MessageContext = RpcContext & { readonly messageBytes: number };

/** What all message transports share: a router on one side, a sender of messages on the other. */
export function createConnection({ router, caller, log, send, hangUp }: ConnectionOptions): Connection {
  const handler = new RPCHandler<MessageContext>(router, {
    interceptors: [
      async ({ next, request, context }) => {
        if (context.messageBytes > payloadLimitBytes) throw tooLarge();
        const result = await next().catch((error: unknown) => {
          throw error instanceof ORPCError ? error : malformed();
        });
        if (!result.matched) throw unknownRoute(request.url.pathname);
        return result;
      },
    ],
  });
  // Stands for the connection in the handler; its own `upgrade` neither waits for a slow reader nor survives bad input.
  const peer = {
    addEventListener: () => {},
    send(message: unknown): void | Promise<void> {
      // The contract holds no binary data, so every message is text in both directions.
      if (typeof message !== 'string') throw new TypeError('an answer with binary data cannot be sent');
      return send(message);
    },
  };
  let openCalls = 0;
  let closed = false;

  function close(): void {
    if (closed) return;
    closed = true;
    handler.close(peer);
  }

  function fail(reason: string, detail: object): void {
    if (closed) return;
    log.warn({ caller, reason, ...detail }, 'a connection was closed because of what it sent');
    close();
    hangUp(reason);
  }

  async function answer(message: string): Promise<void> {
    try {
      await handler.message(peer, message, { context: { caller, messageBytes: Buffer.byteLength(message) } });
    } catch (error) {
      fail('malformed message', { detail: error instanceof Error ? error.message : String(error) });
    }
  }

  return {
    receive(message) {
      if (closed) return;
      if (typeof message !== 'string') return fail('malformed message', { detail: `not text but ${typeof message}` });
      if (openCalls >= openCallsLimit) return fail('too many open calls', { openCalls });
      openCalls += 1;
      void answer(message).finally(() => (openCalls -= 1));
    },
    close,
  };
}

function unknownRoute(pathname: string) {
  const route = pathname.slice(1, 200).replaceAll('/', '.');
  return declaredError('UNKNOWN_ROUTE', `There is no "${route}" here. The page may be older than the app: reload it.`, {
    route,
  });
}

function malformed() {
  return declaredError('BAD_INPUT', 'The request could not be read.', {
    issues: [{ path: '', message: 'not in the form of a call' }],
  });
}

function tooLarge() {
  const limitMegabytes = payloadLimitBytes / 1024 / 1024;
  return declaredError('PAYLOAD_TOO_LARGE', `More than ${limitMegabytes} MB were sent at once. Send less at a time.`, {
    limitBytes: payloadLimitBytes,
  });
}
