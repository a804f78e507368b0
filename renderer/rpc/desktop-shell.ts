import type { DropBridge, ShellEvent, ShellRequest } from '../../shared/contract/index.ts';

declare global {
  // Put there by the preload; see shared/contract/shell.ts.
  var clawdbotDrop: DropBridge | undefined;
}

/** What a desktop window says to the shell around it. A page served by the headless host has none. */
export interface DesktopShell {
  send(request: ShellRequest): void;
  /** Events that came before anybody listened are given to the first listener. */
  onEvent(listener: (event: ShellEvent) => void): () => void;
  /** The system's dialog for a folder; its path, or null when the person changed their mind. */
  chooseFolder(): Promise<string | null>;
  /** Where something lies that was dropped on the page; undefined when it is not on the disk. */
  tryPathOf(dropped: File): string | undefined;
}

export interface AttachableShell extends DesktopShell {
  attach(port: MessagePort): void;
}

export function createDesktopShell(): AttachableShell {
  const listeners = new Set<(event: ShellEvent) => void>();
  const unsent: ShellRequest[] = [];
  const unheard: ShellEvent[] = [];
  let current: MessagePort | undefined;

  const send = (request: ShellRequest): void => {
    if (current) current.postMessage(request);
    else unsent.push(request);
  };
  const onEvent = (listener: (event: ShellEvent) => void): (() => void) => {
    listeners.add(listener);
    for (const event of unheard.splice(0)) listener(event);
    return () => listeners.delete(listener);
  };

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
    send,
    onEvent,
    chooseFolder() {
      return new Promise((resolve) => {
        const stopListening = onEvent((event) => {
          if (event.type !== 'folderChosen') return;
          stopListening();
          resolve(event.path);
        });
        send({ type: 'chooseFolder' });
      });
    },
    tryPathOf(dropped) {
      const path = globalThis.clawdbotDrop?.pathOf(dropped) ?? '';
      return path === '' ? undefined : path;
    },
  };
}
