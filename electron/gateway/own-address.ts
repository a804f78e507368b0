import { isIP } from 'node:net';

/**
 * Which names this host answers to. A page of another site can make its own name point at 127.0.0.1 (DNS rebinding) and
 * would then count as the same origin; the name it had to use gives it away.
 */
export interface OwnAddress {
  isOwnHost(hostHeader: string | undefined): boolean;
  /** Whether a page that says it came from `origin` was served under `hostHeader`. */
  isOwnOrigin(origin: string | undefined, hostHeader: string | undefined): boolean;
}

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]'];

/** `names`: further names or addresses under which this host may be called, without a port. */
export function createOwnAddress(port: number, names: readonly string[]): OwnAddress {
  const own = new Set([...loopbackNames, ...names.map(toHostName)]);
  const isOwnHost = (hostHeader: string | undefined): boolean => {
    const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/i.exec(hostHeader ?? '');
    const name = match?.[1]?.toLowerCase();
    // A browser leaves the port out when it is the default one of http.
    return name !== undefined && own.has(name) && Number(match?.[2] ?? 80) === port;
  };
  return {
    isOwnHost,
    isOwnOrigin: (origin, hostHeader) =>
      isOwnHost(hostHeader) && origin?.toLowerCase() === `http://${hostHeader?.toLowerCase()}`,
  };
}

/** As it stands in a `Host` header: IPv6 addresses in brackets. */
export function toHostName(address: string): string {
  return isIP(address) === 6 ? `[${address.toLowerCase()}]` : address.toLowerCase();
}

export function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || /^127(\.\d{1,3}){3}$/.test(address);
}
