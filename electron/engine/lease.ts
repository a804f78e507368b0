import type { HostLink } from './host-link.ts';

/** Holds a model in memory while it is used. */
export interface Lease {
  readonly link: HostLink;
  release(): void;
}

/** A model in memory, and how many hold it there. */
export interface Holding {
  readonly link: HostLink;
  holders: number;
  lastUsedMs: number;
  onIdle: () => void;
}

/** A hold that was counted already. */
export function leaseOf(holding: Holding, nowMs: () => number): Lease {
  let released = false;
  return {
    link: holding.link,
    release() {
      if (released) return;
      released = true;
      holding.holders -= 1;
      holding.lastUsedMs = nowMs();
      if (holding.holders === 0) holding.onIdle();
    },
  };
}
