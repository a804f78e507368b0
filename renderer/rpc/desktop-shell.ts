import type { ShellEvent, ShellRequest } from '../../shared/contract/index.ts';

/** What a desktop window says to the shell around it. A page served by the headless host has none. */
export interface DesktopShell {
  send(request: ShellRequest): void;
  /** Events that came before anybody listened are given to the first listener. */
  onEvent(listener: (event: ShellEvent) => void): () => void;
}

export interface AttachableShell extends DesktopShell {
  attach(port: MessagePort): void;
}

export function createDesktopShell(): AttachableShell {
  const listeners = new Set<(event: ShellEvent) => void>();
  const unsent: ShellRequest[] = [];
  const unheard: ShellEvent[] = [];
  let current: MessagePort | undefined;

  return {
    attach(port) {
      current?.close();
      current = port;
      port.addEventListener('message', (event: MessageEvent<ShellEvent>) => {
        if (listeners.size === 0) unheard.push(event.data);
        for (const listener of listeners) listener(event.data);
      });
      port.start();
      for (const request of unsent.splice(0)) port.postMessage(request);
    },
    send(request) {
      if (current) current.postMessage(request);
      else unsent.push(request);
    },
    onEvent(listener) {
      listeners.add(listener);
      for (const event of unheard.splice(0)) listener(event);
      return () => listeners.delete(listener);
    },
  };
}
