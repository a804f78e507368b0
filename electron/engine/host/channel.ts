import type { EngineRequest } from '../../../shared/model/engine-protocol.ts';
import type { Message } from './batch-text.ts';

/** The way to the process that started this one: a fork's channel, or the parent port of Electron's utility process. */
export interface Channel {
  send(message: Message): void;
  onRequest(listener: (request: EngineRequest) => void): void;
  /** The other side is gone. Never called under Electron, which ends its utility processes itself. */
  onClosed(listener: () => void): void;
}

interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
}

/** @throws Error when nobody started this process as an engine */
export function openChannel(): Channel {
  const port: unknown = Reflect.get(process, 'parentPort');
  if (isParentPort(port)) {
    return {
      send: (message) => port.postMessage(message),
      onRequest: (listener) => void port.on('message', ({ data }) => isRequest(data) && listener(data)),
      onClosed: () => undefined,
    };
  }
  const send = process.send?.bind(process);
  if (!send) throw new Error('The engine host is started by Clawdbot and does nothing by itself.');
  return {
    // The parent may be gone between two words; `disconnect` ends this process then.
    send: (message) => void send(message, undefined, {}, () => undefined),
    onRequest: (listener) => void process.on('message', (data: unknown) => isRequest(data) && listener(data)),
    onClosed: (listener) => void process.on('disconnect', listener),
  };
}

function isParentPort(value: unknown): value is ParentPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value && 'on' in value;
}

const requestTypes: Readonly<Record<EngineRequest['type'], true>> = {
  load: true,
  unload: true,
  generate: true,
  embed: true,
  rerank: true,
  forget: true,
  abort: true,
  limit: true,
  shutdown: true,
};

/** The parent is our own code of the same version; this only keeps other traffic on the channel out. */
function isRequest(data: unknown): data is EngineRequest {
  if (typeof data !== 'object' || data === null || !('type' in data)) return false;
  return Object.hasOwn(requestTypes, String(data.type));
}
