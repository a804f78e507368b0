import type { HostFacts, PortHandOver } from '../../shared/contract/index.ts';

export interface HandedOver {
  readonly facts: HostFacts;
  readonly rpcPort: MessagePort;
  readonly shellPort: MessagePort;
}

/** As much of a window as is needed. */
export interface ReceivingPage {
  readonly location: { readonly origin: string };
  addEventListener(type: 'message', listener: (event: PortMessage) => void): void;
}

export interface PortMessage {
  readonly data: unknown;
  readonly origin: string;
  readonly source: object | null;
  readonly ports: readonly MessagePort[];
}

const handOverType: PortHandOver['type'] = 'clawdbot:port';

/** Listens for the two ports that the desktop's preload gives this page; see shared/contract/shell.ts. */
export function onPortHandOver(page: ReceivingPage, listener: (handed: HandedOver) => void): void {
  page.addEventListener('message', (event) => {
    // A frame or another window could send the same message; only the preload speaks as this very window.
    if (event.source !== page || event.origin !== page.location.origin) return;
    const facts = tryReadFacts(event.data);
    const [rpcPort, shellPort] = event.ports;
    if (facts && rpcPort && shellPort) listener({ facts, rpcPort, shellPort });
  });
}

function tryReadFacts(data: unknown): HostFacts | undefined {
  if (typeof data !== 'object' || data === null || !('type' in data) || data.type !== handOverType) return undefined;
  const named = 'surface' in data ? data.surface : undefined;
  const surface = named === 'quick' || named === 'print' ? named : 'chat';
  const platform = 'platform' in data ? data.platform : undefined;
  if (platform !== 'darwin' && platform !== 'linux' && platform !== 'win32') return undefined;
  return { surface, platform };
}
