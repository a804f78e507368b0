import { vi } from 'vitest';

/** Checks again and again until nothing is thrown; patient enough for a slow machine, quick on a fast one. */
export function eventually<T>(check: () => T): Promise<T> {
  return vi.waitFor(check, { timeout: 30_000, interval: 10 });
}
