import { RPCLink } from '@orpc/client/message-port';

import type { Transport } from './transport.ts';

export interface MessagePortTransport extends Transport {
  /** Gives it a port. A later port replaces an earlier one, whose line is then broken. */
  offer(port: MessagePort): void;
}

export function createMessagePortTransport(): MessagePortTransport {
  let offered: MessagePort | undefined;
  let take: (() => void) | undefined;

  return {
    offer(port) {
      offered = port;
      take?.();
    },
    open({ opened, closed }) {
      let current: MessagePort | undefined;

      const end = (): void => {
        take = undefined;
        current?.close();
        current = undefined;
      };
      const breakOff = (): void => {
        end();
        closed();
      };
      take = () => {
        const port = offered;
        if (!port) return;
        if (current) {
          // The connection opens again and finds the new port waiting.
          breakOff();
          return;
        }
        offered = undefined;
        current = port;
        const link = new RPCLink({ port });
        port.addEventListener('close', () => {
          if (current === port) breakOff();
        });
        port.start();
        opened(link);
      };
      take();
      return end;
    },
  };
}
