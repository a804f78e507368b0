import type { ClientLink } from '@orpc/client';

export type Link = ClientLink<Record<never, never>>;

/** One way to reach the core. The connection decides when to try again. */
export interface Transport {
  /**
   * Tries once. `opened` is called at most once, `closed` exactly once: after `opened` when the line broke, or alone
   * when it could not be reached. The returned function gives up; nothing is called after it.
   */
  open(events: { opened(link: Link): void; closed(): void }): () => void;
}
