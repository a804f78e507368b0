import type { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { EngineRequest } from '../../shared/model/engine-protocol.ts';
import type { EngineHostProcess, Log } from '../ports.ts';
import { tryEngineReport, type RequestReport } from './engine-report.ts';
import { engineCrashed } from './failures.ts';

/** One life of the engine's process: what is asked of it, and what it answers. */
export interface HostLink {
  readonly processId: number | undefined;
  /** Undefined while it runs; afterwards why it ended. */
  readonly ended: ClawdbotError | undefined;
  open(request: OpenRequest, listener: RequestListener): OpenedRequest;
  forget(owner: string): void;
  /** Asks it to end by itself. */
  shutdown(): void;
  /** Ends it now; `reason` is an English phrase. */
  kill(reason: string): void;
}

type WithoutId<R> = R extends { id: number } ? Omit<R, 'id'> : never;
export type OpenRequest = WithoutId<
  Extract<EngineRequest, { type: 'load' | 'unload' | 'generate' | 'embed' | 'rerank' }>
>;

export interface RequestListener {
  report(report: RequestReport): void;
  /** The process ended before it had answered; called at most once. */
  lost(error: ClawdbotError): void;
}

export interface OpenedRequest {
  /** Asks the host to stop; it still answers. */
  abort(): void;
  /** Nothing more is heard of this request. */
  close(): void;
}

export interface HostEvents {
  ready(): void;
  unavailable(reason: string): void;
  memory(residentBytes: number): void;
  /** Called once. */
  ended(error: ClawdbotError): void;
}

/** A host that sends this many things that are no reports is broken and is ended. */
const nonsenseLimit = 100;
const nonsenseLogged = 5;

export function linkHost(spawned: EngineHostProcess, events: HostEvents, log: Log): HostLink {
  const listeners = new Map<number, RequestListener>();
  let nextId = 1;
  let nonsense = 0;
  let killedBecause: string | undefined;
  let ended: ClawdbotError | undefined;

  const send = (request: EngineRequest): void => {
    if (ended) return;
    try {
      spawned.send(request);
    } catch (error) {
      // The channel breaks a moment before the exit is told; `onExit` fails what was asked.
      log.debug({ err: error, type: request.type }, 'The engine could not be reached.');
    }
  };

  const kill = (reason: string): void => {
    if (ended || killedBecause) return;
    killedBecause = reason;
    spawned.kill();
  };

  const hear = (value: unknown): void => {
    if (ended || killedBecause) return;
    const report = tryEngineReport(value);
    if (!report) {
      nonsense += 1;
      if (nonsense <= nonsenseLogged) log.warn({ nonsense }, 'The engine sent something that is not a report.');
      if (nonsense === nonsenseLimit) kill('it sent unreadable reports');
      return;
    }
    switch (report.type) {
      case 'ready':
        return events.ready();
      case 'unavailable':
        return events.unavailable(report.reason);
      case 'memory':
        return events.memory(report.residentBytes);
      default:
        // A request that was closed may still be answered; that is no mistake.
        return listeners.get(report.id)?.report(report);
    }
  };

  spawned.onReport((message) => {
    // Texts that belong to one moment come together.
    if (Array.isArray(message)) message.forEach(hear);
    else hear(message);
  });

  spawned.onExit((exit) => {
    if (ended) return;
    ended = engineCrashed(killedBecause ?? describeExit(exit));
    const lost = [...listeners.values()];
    listeners.clear();
    for (const listener of lost) listener.lost(ended);
    events.ended(ended);
  });

  return {
    processId: spawned.processId,
    get ended() {
      return ended;
    },
    open(request, listener) {
      const id = nextId++;
      if (ended) {
        listener.lost(ended);
      } else {
        listeners.set(id, listener);
        send({ ...request, id });
      }
      return { abort: () => send({ type: 'abort', id }), close: () => void listeners.delete(id) };
    },
    forget: (owner) => send({ type: 'forget', owner }),
    shutdown: () => send({ type: 'shutdown' }),
    kill,
  };
}

function describeExit({ code, signal }: { code: number | null; signal: string | null }): string {
  if (signal) return `signal ${signal}`;
  return code === null ? 'for an unknown reason' : `exit code ${code}`;
}
