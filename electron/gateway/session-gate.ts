import type { Clock } from '../ports.ts';
import { createSecret, hashSecret } from './secret.ts';
import type { WebSessions } from './web-sessions.ts';

const dayMs = 24 * 60 * 60 * 1000;
const lifetimeMs = 30 * dayMs;

/**
 * How long the browser keeps the cookie, in seconds; 400 days is the most browsers grant. It is longer than a session,
 * because this side decides when a session ends and moves the end without being able to reach every open page.
 */
export const cookieLifetimeSeconds = 400 * 24 * 60 * 60;

export interface SessionGate {
  /** Lets a browser in; the secret goes into its cookie and nowhere else. */
  admit(): string;
  /** The name of the session that a cookie's secret opens; undefined when it opens none. */
  tryEnter(secret: string | undefined): string | undefined;
}

/** Sessions last 30 days from their last use; the end is moved at most once a day. */
export function createSessionGate(sessions: WebSessions, clock: Clock): SessionGate {
  sessions.removeExpired(clock.now());
  return {
    admit() {
      const secret = createSecret();
      sessions.add(hashSecret(secret), clock.now() + lifetimeMs);
      return secret;
    },
    tryEnter(secret) {
      // A secret of ours has 43 characters; hashing something huge first would be work for nothing.
      if (secret === undefined || secret.length > 100) return undefined;
      const idHash = hashSecret(secret);
      const expiresAtMs = sessions.expiryOf(idHash);
      const now = clock.now();
      if (expiresAtMs === undefined || expiresAtMs <= now) return undefined;
      if (expiresAtMs - now < lifetimeMs - dayMs) sessions.extend(idHash, now + lifetimeMs);
      return idHash.slice(0, 12);
    },
  };
}
