import type { EngineEffort, EngineRequest } from '../../shared/model/engine-protocol.ts';
import type { EngineHostProcess, Log } from '../ports.ts';
import { tryEngineReport, type RequestReport } from './engine-report.ts';
import { EngineLost } from './failures.ts';
import { examineEnd, explainExit, type EngineEnd, type OpenWork, type PostMortem } from './post-mortem.ts';
import { createWatchdog, usualWatch, type WatchLimits, type Work } from './watchdog.ts';

/** One life of the engine's process: what is asked of it, and what it answers. */
export interface HostLink {
  readonly processId: number | undefined;
  /** Undefined while it runs; afterwards why it ended. */
  readonly ended: EngineLost | undefined;
  /** Tokens of the context that each model in it was given, or was to be given when it ended. */
  readonly contexts: ReadonlyMap<string, number>;
  open(request: OpenRequest, listener: RequestListener): OpenedRequest;
  forget(owner: string): void;
  limit(effort: EngineEffort): void;
  /** Asks it to end by itself. */
  shutdown(): void;
  /** Ends it now; `reason` is an English phrase. */
  kill(reason: string, cause?: EngineEnd['cause']): void;
}

type WithoutId<R> = R extends { id: number } ? Omit<R, 'id'> : never;
export type OpenRequest = WithoutId<
  Extract<EngineRequest, { type: 'load' | 'unload' | 'generate' | 'embed' | 'rerank' }>
>;

export interface RequestListener {
  report(report: RequestReport): void;
  /** The process ended before it had answered; called at most once. */
  lost(error: EngineLost): void;
}

export interface OpenedRequest {
  /** Asks the host to stop; it still answers. */
  abort(): void;
  /** Nothing more is heard of this request. */
  close(): void;
}

export interface HostEvents {
  ready(facts: { direct: boolean; release: string | undefined }): void;
  unavailable(reason: string): void;
  memory(residentBytes: number): void;
  /** llama.cpp got no memory for a context of so many tokens. */
  tooLarge(modelId: string, contextTokens: number): void;
  /** Called once, after those who had asked something were told. */
  ended(error: EngineLost, postMortem: PostMortem): void;
}

/** A host that sends this many things that are no reports is broken and is ended. */
const nonsenseLimit = 100;
const nonsenseLogged = 5;

/** In one second. Eight answers of a very fast machine are a twentieth of it. */
const reportLimit = 100_000;
/** A process that a kill does not end is given up; it cannot be talked to any more. */
const killTimeoutMs = 5_000;

interface Asked extends OpenWork {
  readonly listener: RequestListener;
  /** Nobody waits for it; it is put off while the machine has to rest. */
  readonly background: boolean;
}

export function linkHost(
  spawned: EngineHostProcess,
  events: HostEvents,
  log: Log,
  watch: WatchLimits = usualWatch,
): HostLink {
  const asked = new Map<number, Asked>();
  const listening = new Set<number>();
  const contexts = new Map<string, number>();
  let nextId = 1;
  let backgroundPaused = false;
  let nonsense = 0;
  let heard = { second: 0, reports: 0 };
  let killed: EngineEnd | undefined;
  let ended: EngineLost | undefined;

  const work = (): Work => {
    const all = [...asked.values()];
    if (all.some(({ kind }) => kind === 'load')) return 'load';
    const rests = ({ background }: Asked): boolean => background && backgroundPaused;
    if (all.some((request) => request.kind === 'generate' && !rests(request))) return 'answers';
    return all.length > 0 ? 'other' : 'none';
  };

  const send = (request: EngineRequest): void => {
    if (ended) return;
    try {
      spawned.send(request);
    } catch (error) {
      // The channel breaks a moment before the exit is told; `onExit` fails what was asked.
      log.debug({ err: error, type: request.type }, 'The engine could not be reached.');
    }
  };

  const end = (how: EngineEnd): void => {
    if (ended) return;
    watchdog.stop();
    const postMortem = examineEnd(how, [...asked.values()]);
    // Who learns of it later had no part in it.
    ended = new EngineLost(how, true);
    const lost = [...asked].filter(([id]) => listening.has(id));
    asked.clear();
    for (const [id, { listener }] of lost) listener.lost(new EngineLost(how, postMortem.isBystander(id)));
    events.ended(ended, postMortem);
  };

  const kill = (reason: string, cause: EngineEnd['cause'] = 'ended'): void => {
    if (ended || killed) return;
    killed = { cause, reason, native: false };
    spawned.kill();
    setTimeout(() => end({ cause, reason, native: false }), killTimeoutMs).unref();
  };

  const watchdog = createWatchdog(watch, work, (reason) => kill(reason, 'hang'));

  /** What a report says about the request it belongs to, whether or not anybody still waits for it. */
  const keepAccount = (report: RequestReport): void => {
    const request = asked.get(report.id);
    if (!request) return;
    if (report.type === 'failed' && report.error.code === 'OUT_OF_MEMORY') {
      events.tooLarge(request.modelId, contexts.get(request.modelId) ?? 0);
    }
    if (isLast(report, request.kind)) {
      const isGone = report.type === 'unloaded' || (report.type === 'failed' && request.kind === 'load');
      if (isGone) contexts.delete(request.modelId);
      asked.delete(report.id);
      watchdog.look();
      return;
    }
    const stage = stageOf(report);
    if (stage) asked.set(report.id, { ...request, stage });
  };

  const countReport = (): void => {
    const second = Math.floor(performance.now() / 1000);
    heard = { second, reports: second === heard.second ? heard.reports + 1 : 1 };
    if (heard.reports > reportLimit) kill('it sent more than anybody can read');
  };

  const hear = (value: unknown): void => {
    if (ended || killed) return;
    countReport();
    const report = tryEngineReport(value);
    if (!report) {
      nonsense += 1;
      if (nonsense <= nonsenseLogged) log.warn({ nonsense }, 'The engine sent something that is not a report.');
      if (nonsense === nonsenseLimit) kill('it sent unreadable reports');
      return;
    }
    watchdog.heard(report.type === 'beat' ? report.steps : undefined);
    switch (report.type) {
      case 'ready':
        return events.ready({ direct: report.direct ?? false, release: report.release });
      case 'unavailable':
        return events.unavailable(report.reason);
      case 'memory':
        return events.memory(report.residentBytes);
      case 'beat':
        return undefined;
      default: {
        const listener = listening.has(report.id) ? asked.get(report.id)?.listener : undefined;
        keepAccount(report);
        // A request that was closed may still be answered; that is no mistake.
        return listener?.report(report);
      }
    }
  };

  spawned.onReport((message) => {
    // Texts that belong to one moment come together.
    if (Array.isArray(message)) message.forEach(hear);
    else hear(message);
  });

  spawned.onExit((exit) => end(killed ?? explainExit(exit)));

  return {
    processId: spawned.processId,
    contexts,
    get ended() {
      return ended;
    },
    open(request, listener) {
      const id = nextId++;
      if (ended) {
        listener.lost(ended);
      } else {
        const { type: kind } = request;
        const modelId = kind === 'load' ? request.model.id : request.modelId;
        if (kind === 'load') contexts.set(modelId, request.options.contextTokens);
        const background = 'priority' in request && request.priority === 'background';
        asked.set(id, { id, kind, modelId, stage: 'sent', listener, background });
        listening.add(id);
        watchdog.look();
        send({ ...request, id });
      }
      // What was asked stays on the account after nobody listens, until the host has answered.
      return { abort: () => send({ type: 'abort', id }), close: () => void listening.delete(id) };
    },
    forget: (owner) => send({ type: 'forget', owner }),
    limit(effort) {
      ({ backgroundPaused } = effort);
      send({ type: 'limit', effort });
    },
    shutdown: () => send({ type: 'shutdown' }),
    kill,
  };
}

/** A host may be wrong about what it answers. */
function isLast(report: RequestReport, kind: OpenWork['kind']): boolean {
  switch (report.type) {
    case 'loaded':
      return kind === 'load';
    case 'unloaded':
      return kind === 'unload';
    case 'finished':
      return kind === 'generate';
    case 'embedded':
      return kind === 'embed';
    case 'ranked':
      return kind === 'rerank';
    case 'failed':
      return true;
    case 'begun':
    case 'loading':
    case 'queued':
    case 'reading':
    case 'text':
      return false;
  }
}

function stageOf(report: RequestReport): OpenWork['stage'] | undefined {
  switch (report.type) {
    case 'begun':
    case 'loading':
    case 'reading':
      return 'begun';
    case 'queued':
      return 'waiting';
    default:
      return undefined;
  }
}
