/** Who is asking. The side that owns the transport decides it; nothing a caller sends can change it. */
export interface Caller {
  readonly kind: 'window' | 'web' | 'test';
  readonly id: string;
  /** On the machine of the core, as far as the host can tell: it may name folders there. Left out for no. */
  readonly sameMachine?: boolean;
}

// A type, not an interface: oRPC wants an index signature, which only a type alias is given.
export type RpcContext = { readonly caller: Caller };
