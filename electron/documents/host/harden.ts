import { Socket } from 'node:net';
import { Socket as DatagramSocket } from 'node:dgram';

/**
 * Takes from this process what reading a document never needs, before the first byte of one is read. A fork is also
 * started under Node's permission model; Electron's utility processes know no such thing.
 */
export function hardenProcess(): void {
  const refuse = (): never => {
    throw new Error('The document reader has no network.');
  };
  Socket.prototype.connect = refuse;
  DatagramSocket.prototype.send = refuse;
  DatagramSocket.prototype.bind = refuse;
  for (const name of ['fetch', 'WebSocket', 'EventSource']) Reflect.deleteProperty(globalThis, name);
}
