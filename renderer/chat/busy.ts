import { createContext, useContext } from 'react';

/**
 * An answer is being written somewhere in this conversation, so that nothing else can begin. A context, because all
 * messages hang on it and none should be drawn again for it: only what `useBusy` stands in is.
 */
export const BusyContext = createContext(false);

export function useBusy(): boolean {
  return useContext(BusyContext);
}
