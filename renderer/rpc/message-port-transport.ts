import { RPCLink } from '@orpc/client/message-port';

import type { Transport } from './transport.ts';

const portMessage = 'clawdbot:port';

/**
 * Waits for the port that the desktop's preload hands over. The preload may hand over another one at any time (the
 * core was restarted); the old line is then broken and the new one taken.
 */
export function createMessagePortTransport(target: Window): Transport {
  const spare: MessagePort[] = [];
  let taker: (() => void) | undefined;

  target.addEventListener('message', (event: MessageEvent<unknown>) => {
    // A frame or another window could send the same message; only the preload speaks as this very window.
    if (event.source !== target || !isPortMessage(event.data)) return;
    const port = event.ports[0];
    if (!port) return;
    spare.push(port);
    taker?.();
  });

  return {
    open({ opened, closed }) {
      let current: MessagePort | undefined;
      const take = (): void => {
        const next = spare.shift();
        if (!next) return;
        if (current) {
          spare.unshift(next);
          end();
          closed();
          return;
        }
        current = next;
        const link = new RPCLink({ port: next });
        next.addEventListener('close', () => {
          if (current !== next) return;
          end();
          closed();
        });
        next.start();
        opened(link);
      };
      const end = (): void => {
        taker = undefined;
        current?.close();
        current = undefined;
      };
      taker = take;
      take();
      return end;
    },
  };
}

function isPortMessage(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === portMessage;
}
