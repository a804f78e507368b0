import { RPCLink } from '@orpc/client/websocket';

import type { Transport } from './transport.ts';

/** `url` begins with ws: or wss:. Who may connect is decided by the cookie and the origin the browser sends. */
export function createWebSocketTransport(url: string): Transport {
  return {
    open({ opened, closed }) {
      const socket = new WebSocket(url);
      // Blobs are read asynchronously and would let a later message overtake an earlier one.
      socket.binaryType = 'arraybuffer';
      const link = new RPCLink({ websocket: socket });
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
