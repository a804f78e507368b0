import type { ContractRouterClient } from '@orpc/contract';

import type { contract } from '../../shared/contract/index.ts';

/** Every call of the core, typed by the contract. Errors are read with `tryReadError`. */
export type Client = ContractRouterClient<typeof contract>;
