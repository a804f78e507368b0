import type { ExtractionReport, ExtractionRequest } from '../../../shared/model/documents/extraction-protocol.ts';

/** The way to the process that started this one: a fork's channel, or the parent port of Electron's utility process. */
export interface Channel {
  /** Settles when the report has left this process, so that a slow reader is not flooded. */
  send(report: ExtractionReport): Promise<void>;
  onRequest(listener: (request: ExtractionRequest) => void): void;
}

interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
}

/** @throws Error when nobody started this process to read documents */
export function openChannel(): Channel {
  const port: unknown = Reflect.get(process, 'parentPort');
  if (isParentPort(port)) {
    return {
      send(report) {
        port.postMessage(report);
        return new Promise((resolve) => setImmediate(resolve));
      },
      onRequest: (listener) => void port.on('message', ({ data }) => isRequest(data) && listener(data)),
    };
  }
  const send = process.send?.bind(process);
  if (!send) throw new Error('The document reader is started by Clawdbot and does nothing by itself.');
  // A parent that is gone cannot be told anything.
  process.on('disconnect', () => process.exit(0));
  return {
    send: (report) => new Promise((resolve) => void send(report, undefined, {}, () => resolve())),
    onRequest: (listener) => void process.on('message', (data: unknown) => isRequest(data) && listener(data)),
  };
}

function isParentPort(value: unknown): value is ParentPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value && 'on' in value;
}

/** The parent is our own code of the same version; this only keeps other traffic on the channel out. */
function isRequest(data: unknown): data is ExtractionRequest {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === 'extract';
}
