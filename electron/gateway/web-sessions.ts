/** Browsers that were let in. Only hashes are kept, so a stolen database opens no door. */
export interface WebSessions {
  /** `idHash` is the SHA-256 of the cookie's secret, in hexadecimal. */
  add(idHash: string, expiresAtMs: number): void;
  /** When the session ends, in milliseconds since 1970; undefined for one that was never there or was removed. */
  expiryOf(idHash: string): number | undefined;
  /** Moves the end of a session; unknown ones are ignored. */
  extend(idHash: string, expiresAtMs: number): void;
  removeExpired(nowMs: number): void;
}
