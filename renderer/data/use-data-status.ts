import { useEffect, useState } from 'react';

import type { DataStatus, ImportJob } from '../../shared/contract/index.ts';
import { useClient } from '../rpc/ConnectionProvider.tsx';
import { subscribe } from '../rpc/subscribe.ts';

/** Snapshots, health and repairs; undefined until the host has answered. */
export function useDataStatus(): DataStatus | undefined {
  const client = useClient();
  const [status, setStatus] = useState<DataStatus>();
  useEffect(() => subscribe((signal) => client.data.watch(undefined, { signal }), setStatus), [client]);
  return status;
}

/** The import that runs, or the last one; undefined until the host has answered. */
export function useImportJob(): ImportJob | null | undefined {
  const client = useClient();
  const [job, setJob] = useState<ImportJob | null>();
  useEffect(() => subscribe((signal) => client.data.watchImport(undefined, { signal }), setJob), [client]);
  return job;
}
