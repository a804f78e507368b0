import type { Log } from '../ports.ts';
import type { Caller } from './caller.ts';
import { createConnection } from './connection.ts';
import type { ClawdbotRouter } from './router.ts';

interface PortBase {
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
}

/** Electron's `MessagePortMain`: its events wrap the message. */
interface EmitterPort extends PortBase {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
}

/** A port of the web or of node:worker_threads. */
interface TargetPort extends PortBase {
  addEventListener(event: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(event: 'close', listener: () => void): void;
}

export type ServerPort = EmitterPort | TargetPort;

/** Answers the calls that arrive at `port` until it closes; the returned function ends them and closes it. */
export function serveMessagePort(port: ServerPort, router: ClawdbotRouter, caller: Caller, log: Log): () => void {
  const connection = createConnection({
    router,
    caller,
    log,
    send: (message) => port.postMessage(message),
    hangUp: () => port.close(),
  });
  const onMessage = (event: { data: unknown }) => connection.receive(event.data);
  const onClose = () => connection.close();
  if ('addEventListener' in port) {
    port.addEventListener('message', onMessage);
    port.addEventListener('close', onClose);
  } else {
    port.on('message', onMessage);
    port.on('close', onClose);
  }
  // Ports hold their messages back until they are started.
  port.start();
  return () => {
    connection.close();
    port.close();
  };
}
