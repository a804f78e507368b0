import { shellRequestSchema, type HostFacts, type ShellEvent, type ShellRequest } from '../../shared/contract/index.ts';
import type { Log } from '../ports.ts';

/** What is used of Electron's `MessagePortMain`. */
export interface MainPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
}

export interface PortLineOptions<P extends MainPort> {
  readonly facts: HostFacts;
  readonly createChannel: () => { port1: P; port2: P };
  /** The address of the page that is in the window right now. */
  readonly currentPage: () => string;
  readonly isOwnPage: (address: string) => boolean;
  /** Gives two ports to the preload of the window's main frame. */
  readonly deliver: (facts: HostFacts, ports: [rpc: P, shell: P]) => void;
  /** Answers the contract on a port; returns what ends it and closes the port. */
  readonly serve: (port: P) => () => void;
  readonly onRequest: (request: ShellRequest) => void;
  readonly log: Log;
}

/** The two ports between one window and the main process, made anew for every page that is loaded into it. */
export interface PortLine extends Disposable {
  /** To be called when a page has finished loading. */
  handOver(): void;
  /** Ends the line of the page that is gone; streams to it stop. */
  drop(): void;
  /** Sends now, or after the next hand-over when there is no page at the moment. */
  send(event: ShellEvent): void;
}

/** Events kept for a page that is not there yet; older ones are dropped first. */
const waitingLimit = 20;

export function createPortLine<P extends MainPort>(options: PortLineOptions<P>): PortLine {
  const { facts, log } = options;
  const waiting: ShellEvent[] = [];
  let line: { shell: P; stop: () => void } | undefined;

  const drop = (): void => {
    const dropped = line;
    line = undefined;
    dropped?.stop();
    dropped?.shell.close();
  };

  const receive = (data: unknown): void => {
    const request = shellRequestSchema.safeParse(data);
    if (request.success) options.onRequest(request.data);
    else log.warn({ surface: facts.surface, issues: request.error.issues.length }, 'a window sent no valid request');
  };

  return {
    handOver() {
      drop();
      const address = options.currentPage();
      // Navigation is fenced off already; should a foreign page get in all the same, it gets no line to the core.
      if (!options.isOwnPage(address)) {
        log.error(
          { surface: facts.surface, origin: URL.parse(address)?.origin ?? null },
          'a foreign page got no ports',
        );
        return;
      }
      const rpc = options.createChannel();
      const shell = options.createChannel();
      const opened = shell.port1;
      opened.on('message', (event) => {
        if (line?.shell === opened) receive(event.data);
      });
      line = { shell: opened, stop: options.serve(rpc.port1) };
      opened.start();
      options.deliver(facts, [rpc.port2, shell.port2]);
      for (const event of waiting.splice(0)) opened.postMessage(event);
    },
    drop,
    send(event) {
      if (line) line.shell.postMessage(event);
      else if (waiting.push(event) > waitingLimit) waiting.shift();
    },
    [Symbol.dispose]: drop,
  };
}
