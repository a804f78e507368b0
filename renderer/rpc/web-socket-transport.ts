import { RPCLink } from '@orpc/client/websocket';

import type { Transport } from './transport.ts';

/** `url` begins with ws: or wss:. Who may connect is decided by the cookie and the origin the browser sends. */
export function createWebSocketTransport(url: string): Transport {
  return {
    open({ opened, closed }) {
      const socket = new WebSocket(url);
      // Blobs are read asynchronously and would let a later message overtake an earlier one.
      socket.binaryType = 'arraybuffer';
      const link = new RPCLink({ websocket: sendingOnlyWhenOpen(socket) });
      let givenUp = false;
      socket.addEventListener('open', () => {
        if (!givenUp) opened(link);
      });
      socket.addEventListener('close', () => {
        if (!givenUp) closed();
      });
      return () => {
        givenUp = true;
        socket.close();
      };
    },
  };
}

type LinkSocket = ConstructorParameters<typeof RPCLink>[0]['websocket'];

/**
 * The link throws where nobody can catch it when a watch is ended on a closing socket. What is not sent then needs no
 * answer: every call under way ends with the `close` event that follows.
 */
function sendingOnlyWhenOpen(socket: WebSocket): LinkSocket {
  return {
    addEventListener: socket.addEventListener.bind(socket),
    removeEventListener: socket.removeEventListener.bind(socket),
    // The link is handed out once the socket is open.
    readyState: WebSocket.OPEN,
    send(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(message);
    },
  };
}
