import { createSecret, hashSecret, sameHash } from './secret.ts';

/** The secret in the address that lets one browser in. */
export interface OneTimeLink {
  /** Each call makes the one before it worthless. */
  renew(): string;
  /** True once for the newest secret; it is worthless afterwards. */
  spend(secret: string): 'right' | 'wrong' | 'used';
}

/** Only hashes are held, so that a memory dump or a log line cannot give the secret away. */
export function createOneTimeLink(): OneTimeLink {
  let current: string | undefined;
  const spent: string[] = [];
  return {
    renew() {
      const secret = createSecret();
      current = hashSecret(secret);
      return secret;
    },
    spend(secret) {
      const hash = hashSecret(secret);
      if (current !== undefined && sameHash(hash, current)) {
        current = undefined;
        // Remembered only to say "already used" instead of "wrong"; the newest few are enough for that.
        spent.unshift(hash);
        spent.splice(16);
        return 'right';
      }
      return spent.some((old) => sameHash(hash, old)) ? 'used' : 'wrong';
    },
  };
}
