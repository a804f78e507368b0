import { createRouterClient } from '@orpc/server';

import type { Caller } from './caller.ts';
import type { ClawdbotRouter } from './router.ts';

/** Calls the router in the same process: no encoding, the same checks and the same errors. */
export function createDirectClient(router: ClawdbotRouter, caller: Caller) {
  return createRouterClient(router, { context: { caller } });
}
