import { createContext, useContext, useSyncExternalStore, type ReactNode } from 'react';

import type { Client } from './client.ts';
import type { Connection, ConnectionState } from './connection.ts';

const ConnectionContext = createContext<Connection | null>(null);

export function ConnectionProvider(props: { connection: Connection; children: ReactNode }): ReactNode {
  return <ConnectionContext value={props.connection}>{props.children}</ConnectionContext>;
}

export function useConnection(): Connection {
  const connection = useContext(ConnectionContext);
  if (!connection) throw new Error('useConnection needs a ConnectionProvider above it');
  return connection;
}

export function useClient(): Client {
  return useConnection().client;
}

export function useConnectionState(): ConnectionState {
  const connection = useConnection();
  return useSyncExternalStore(connection.onChange, () => connection.state);
}
