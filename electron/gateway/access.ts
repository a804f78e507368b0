import type { AttemptLimit } from './attempt-limit.ts';
import type { OneTimeLink } from './one-time-link.ts';
import type { OwnAddress } from './own-address.ts';
import type { PageKind } from './page-texts.ts';
import type { SessionGate } from './session-gate.ts';

/** What decides whether a request gets in; all of it may be a lie except `upgrade`. */
export interface AccessRequest {
  readonly method: string;
  readonly path: string;
  readonly token: string | undefined;
  readonly cookie: string | undefined;
  readonly upgrade: boolean;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** `Sec-Fetch-Site` and `Sec-Fetch-Dest`: written by the browser, out of reach of the page that asks. */
  readonly fetchSite: string | undefined;
  readonly fetchDest: string | undefined;
}

export type Access =
  | { kind: 'open' }
  | { kind: 'enter'; sessionId: string }
  /** A cookie is due, then the way on to the start page. `crossSite`: a redirect would not carry the cookie. */
  | { kind: 'admit'; secret: string; crossSite: boolean }
  | { kind: 'goOn' }
  | { kind: 'refuse'; status: 401 | 403 | 429; page: PageKind; retryAfterSeconds: number | null };

export interface AccessParts {
  readonly own: OwnAddress;
  readonly link: OneTimeLink;
  readonly gate: SessionGate;
  readonly limit: AttemptLimit;
  /** Told after a one-time address was used. */
  readonly onAdmitted: () => void;
}

/** Answers without a session; tells nothing but that the host is up. */
export const healthPath = '/healthz';

export function decideAccess(request: AccessRequest, { own, link, gate, limit, onAdmitted }: AccessParts): Access {
  if (!own.isOwnHost(request.host)) return refuse(403, 'foreignOrigin');
  if (request.path === healthPath) return { kind: 'open' };
  const crossSite = !['same-origin', 'none', undefined].includes(request.fetchSite);
  // Another site may link to this one, but not embed it, load from it or call it. Another port is another site here,
  // whatever SameSite says.
  const isNavigation = request.method === 'GET' && request.fetchDest === 'document';
  if (crossSite && !isNavigation) return refuse(403, 'foreignOrigin');
  const originMatters = request.upgrade || (request.origin !== undefined && !isNavigation);
  if (originMatters && !own.isOwnOrigin(request.origin, request.host)) return refuse(403, 'foreignOrigin');

  const sessionId = gate.tryEnter(request.cookie);
  if (request.token === undefined || request.path !== '/' || request.method !== 'GET' || request.upgrade) {
    return sessionId === undefined ? refuse(401, 'noSession') : { kind: 'enter', sessionId };
  }
  // A browser that is in needs no link and is not breaking in: it has the old address in its history.
  if (sessionId !== undefined) return { kind: 'goOn' };
  const waitMs = limit.waitMs();
  if (waitMs !== null) return refuse(429, 'tooManyTokens', Math.ceil(waitMs / 1000));
  switch (link.spend(request.token)) {
    case 'right': {
      const secret = gate.admit();
      onAdmitted();
      return { kind: 'admit', secret, crossSite };
    }
    case 'used':
      limit.failed();
      return refuse(401, 'usedToken');
    case 'wrong':
      limit.failed();
      return refuse(401, 'wrongToken');
  }
}

function refuse(status: 401 | 403 | 429, page: PageKind, retryAfterSeconds: number | null = null): Access {
  return { kind: 'refuse', status, page, retryAfterSeconds };
}
