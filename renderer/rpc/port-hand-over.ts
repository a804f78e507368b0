import type { HostFacts, PortHandOver } from '../../shared/contract/index.ts';

export interface HandedOver {
  readonly facts: HostFacts;
  readonly rpcPort: MessagePort;
  readonly shellPort: MessagePort;
}

const handOverType: PortHandOver['type'] = 'clawdbot:port';

/** Listens for the two ports that the desktop's preload gives this page; see shared/contract/shell.ts. */
export function onPortHandOver(page: Window, listener: (handed: HandedOver) => void): void {
  page.addEventListener('message', (event: MessageEvent<unknown>) => {
    // A frame or another window could send the same message; only the preload speaks as this very window.
    if (event.source !== page || event.origin !== page.location.origin) return;
    const facts = tryReadFacts(event.data);
    const [rpcPort, shellPort] = event.ports;
    if (facts && rpcPort && shellPort) listener({ facts, rpcPort, shellPort });
  });
}

function tryReadFacts(data: unknown): HostFacts | undefined {
  if (typeof data !== 'object' || data === null || !('type' in data) || data.type !== handOverType) return undefined;
  const surface = 'surface' in data && data.surface === 'quick' ? 'quick' : 'chat';
  const platform = 'platform' in data ? data.platform : undefined;
  if (platform !== 'darwin' && platform !== 'linux' && platform !== 'win32') return undefined;
  return { surface, platform };
}
