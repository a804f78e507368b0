/** Keeps work back for as long as it is closed. */
export interface PauseGate {
  set(closed: boolean): void;
  /** Resolves when it is open, or when the signal aborts. */
  pass(signal: AbortSignal): Promise<void>;
}

export function createPauseGate(): PauseGate {
  let opened: PromiseWithResolvers<void> | undefined;
  return {
    set(closed) {
      if (closed) opened ??= Promise.withResolvers();
      else opened?.resolve();
      if (!closed) opened = undefined;
    },
    async pass(signal) {
      while (opened && !signal.aborted) {
        const left = Promise.withResolvers<void>();
        const leave = (): void => left.resolve();
        signal.addEventListener('abort', leave, { once: true });
        await Promise.race([opened.promise, left.promise]);
        signal.removeEventListener('abort', leave);
      }
    },
  };
}
