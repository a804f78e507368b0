import { networkInterfaces } from 'node:os';
import type { AddressInfo } from 'node:net';

import type { Clock } from '../ports.ts';
import { createAttemptLimit } from './attempt-limit.ts';
import { toListenError } from './listen-error.ts';
import { createOneTimeLink } from './one-time-link.ts';
import { createOwnAddress, isLoopback, toHostName, type OwnAddress } from './own-address.ts';
import { createSessionGate } from './session-gate.ts';
import { createWebServer, type WebServerOptions } from './web-server.ts';
import type { WebSessions } from './web-sessions.ts';

export interface WebHostOptions extends Pick<
  WebServerOptions,
  'rendererFolder' | 'serveRpc' | 'frameLimitBytes' | 'exportFile' | 'log'
> {
  /** 0 takes any free port. */
  readonly port: number;
  /** Address to listen on. */
  readonly host: string;
  /** Names besides the loopback ones under which this host may be called, without a port. */
  readonly allowedHosts: readonly string[];
  readonly sessions: WebSessions;
  /** Told a fresh one-time address after the one before it was used. */
  readonly onFreshLink: (url: string) => void;
  readonly clock: Clock;
  /** Time a browser has for the head of a request, and again for the whole of it. Default: 15 seconds. */
  readonly patienceMs?: number;
}

export interface WebHost extends AsyncDisposable {
  readonly port: number;
  /** Without a secret: opens in a browser that was let in. */
  readonly url: string;
  /** A fresh address that lets one browser in, once; the one before it stops working. */
  freshLink(): string;
}

/**
 * Serves the web UI and answers the calls of its pages. Only browsers that came with a one-time address are let in.
 * @throws PORT_IN_USE, FLAG_INVALID when the address cannot be listened on
 */
export async function createWebHost(options: WebHostOptions): Promise<WebHost> {
  const { clock, log } = options;
  const link = createOneTimeLink();
  // The port is known only once it is listened on; before that nothing is let in.
  let own: OwnAddress = { isOwnHost: () => false, isOwnOrigin: () => false };
  let port = options.port;
  const server = await createWebServer({
    ...options,
    patienceMs: options.patienceMs ?? 15_000,
    cookieName: () => `clawdbot-${port}`,
    access: {
      own: {
        isOwnHost: (host) => own.isOwnHost(host),
        isOwnOrigin: (origin, host) => own.isOwnOrigin(origin, host),
      },
      link,
      gate: createSessionGate(options.sessions, clock),
      limit: createAttemptLimit(10, 6_000, () => clock.now()),
      onAdmitted: () => options.onFreshLink(freshLink()),
    },
  });
  try {
    // "localhost" would listen on two addresses, and on two different ports when any free one is asked for.
    const host = options.host === 'localhost' ? '127.0.0.1' : options.host;
    await server.listen({ port: options.port, host, exclusive: true });
  } catch (error) {
    await server.close();
    throw await toListenError(error, options.port, options.host);
  }
  port = boundPort(server.server.address());
  own = createOwnAddress(port, [...options.allowedHosts, ...addressesOf(options.host)]);
  const shownHost = isLoopback(options.host) ? toHostName(options.host) : '127.0.0.1';
  const url = `http://${shownHost}:${port}/`;
  const freshLink = () => `${url}?token=${link.renew()}`;
  if (!isLoopback(options.host)) {
    log.warn(
      { host: options.host, port },
      'listening beyond this machine: anyone who gets a link can use it, unencrypted',
    );
  }
  return { port, url, freshLink, [Symbol.asyncDispose]: () => server.close() };
}

function boundPort(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new TypeError('the server listens on no port');
  return address.port;
}

/** Addresses cannot be faked by a foreign name, so a host that listens on all of them answers to all of them. */
function addressesOf(host: string): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [host];
  return Object.values(networkInterfaces()).flatMap((cards) => (cards ?? []).map((card) => card.address));
}
