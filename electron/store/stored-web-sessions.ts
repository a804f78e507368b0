import type { Clock } from '../ports.ts';
import type { Database } from './database.ts';
import { build } from './query-builder.ts';

/** The browsers a web host let in, by the SHA-256 of their secret in hexadecimal; times in milliseconds since 1970. */
export interface StoredWebSessions {
  add(idHash: string, expiresAtMs: number): void;
  expiryOf(idHash: string): number | undefined;
  /** Moves the end of a session; unknown ones are ignored. */
  extend(idHash: string, expiresAtMs: number): void;
  removeExpired(nowMs: number): void;
}

export function createStoredWebSessions(database: Database, clock: Clock): StoredWebSessions {
  return {
    add(idHash, expiresAtMs) {
      const now = Math.floor(clock.now());
      const row = { token_hash: idHash, created_at: now, expires_at: Math.floor(expiresAtMs), last_seen_at: now };
      database.run(build.insertInto('web_sessions').values(row).compile());
    },
    expiryOf(idHash) {
      const query = build.selectFrom('web_sessions').select('expires_at').where('token_hash', '=', idHash);
      return database.first(query.compile())?.expires_at;
    },
    extend(idHash, expiresAtMs) {
      const change = { expires_at: Math.floor(expiresAtMs), last_seen_at: Math.floor(clock.now()) };
      database.run(build.updateTable('web_sessions').set(change).where('token_hash', '=', idHash).compile());
    },
    removeExpired(nowMs) {
      database.run(build.deleteFrom('web_sessions').where('expires_at', '<=', nowMs).compile());
    },
  };
}
