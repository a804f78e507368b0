import type { ContractRouterClient } from '@orpc/contract';

import type { contract } from '../../shared/contract/index.ts';

export type ContractClient = ContractRouterClient<typeof contract>;
