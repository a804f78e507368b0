import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RawData, WebSocket } from 'ws';

import type { Log } from '../ports.ts';
import type { Caller } from './caller.ts';
import { createConnection, payloadLimitBytes } from './connection.ts';
import type { ClawdbotRouter } from './router.ts';

/**
 * Longest frame a WebSocket server should accept. It is above the limit of a message so that a message which is only
 * somewhat too large is answered with words; beyond this the line is cut without reading it.
 */
export const frameLimitBytes = 2 * payloadLimitBytes;

export interface SocketPatience {
  /** Bytes waiting to be sent from which on the streams wait for the reader. */
  readonly waitFromBytes: number;
  /** Bytes waiting to be sent at which the line is cut; the page subscribes again and begins with a snapshot. */
  readonly cutFromBytes: number;
  /** How long a waiting stream waits. */
  readonly stallMs: number;
  /** Time between two pings; a line that answers neither of two is dead. */
  readonly pingMs: number;
}

const defaultPatience: SocketPatience = {
  waitFromBytes: 1024 * 1024,
  cutFromBytes: 64 * 1024 * 1024,
  stallMs: 30_000,
  pingMs: 20_000,
};

/** Messages after which other work gets its turn: a stream with much to say would otherwise never let go. */
const messagesPerTurn = 64;

/** Answers the calls that arrive at an open WebSocket until it closes. */
export function serveWebSocket(
  socket: WebSocket,
  router: ClawdbotRouter,
  caller: Caller,
  log: Log,
  patience: SocketPatience = defaultPatience,
): void {
  const connection = createConnection({
    router,
    caller,
    log,
    send,
    hangUp: (reason) => socket.close(1008, reason),
  });

  function cut(reason: string): void {
    log.warn({ caller, reason, waitingBytes: socket.bufferedAmount }, 'a connection was cut');
    connection.close();
    socket.terminate();
  }

  let sentInRow = 0;
  async function send(message: string): Promise<void> {
    sentInRow += 1;
    if (sentInRow >= messagesPerTurn) {
      await nextTurn();
      sentInRow = 0;
    }
    if (socket.readyState !== socket.OPEN) return;
    const sent = Promise.withResolvers<void>();
    // A failed write is followed by `close`, which ends the streams; nobody has to hear of it twice.
    socket.send(message, () => sent.resolve());
    if (socket.bufferedAmount < patience.waitFromBytes) return;
    if (socket.bufferedAmount >= patience.cutFromBytes) return cut('too much is waiting to be read');
    const stalled = setTimeout(() => cut('the page stopped reading'), patience.stallMs);
    await sent.promise;
    clearTimeout(stalled);
  }

  // Two, because after a sleep of the machine the clock is read before the answers that were waiting.
  let unanswered = 0;
  const pings = setInterval(() => {
    if (unanswered === 2) return cut('the page does not answer');
    unanswered += 1;
    socket.ping();
  }, patience.pingMs);
  pings.unref();

  socket.on('pong', () => (unanswered = 0));
  socket.on('message', (data: RawData, isBinary: boolean) => {
    unanswered = 0;
    connection.receive(isBinary ? data : textOf(data));
  });
  // Without a listener a protocol error of the other side would end the process. `close` follows.
  socket.on('error', (error) => log.warn({ caller, reason: error.message }, 'a connection failed'));
  socket.on('close', () => {
    clearInterval(pings);
    connection.close();
  });
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return data instanceof ArrayBuffer ? Buffer.from(data).toString() : data.toString();
}
