import { cancelled, hasCode } from '../../shared/errors/clawdbot-error.ts';
import type { EngineState } from '../../shared/contract/index.ts';
import type { EngineHostProcess, Log } from '../ports.ts';
import { engineUnavailable } from './failures.ts';
import { linkHost, type HostLink } from './host-link.ts';

export interface SupervisorOptions {
  readonly spawnEngineHost: () => EngineHostProcess;
  readonly log: Log;
  /** Time for the process to say that it is ready. */
  readonly startTimeoutMs: number;
  /** Time for it to end by itself before it is killed. */
  readonly stopTimeoutMs: number;
  /** Wait before the start after the n-th crash in a row, n from 1. */
  readonly restartDelayMs: (crashes: number) => number;
  readonly onChange: () => void;
  readonly onEnded: (link: HostLink) => void;
}

/** Keeps at most one engine process, starts it when it is needed, and never fails because of it. */
export interface Supervisor extends AsyncDisposable {
  readonly state: EngineState;
  /** The process that is ready, if there is one. */
  readonly running: HostLink | undefined;
  /** Resident bytes of the process, null while there is none. */
  readonly memoryBytes: number | null;
  /**
   * The running process, started when there is none.
   * @throws ENGINE_UNAVAILABLE when it does not get ready, CANCELLED after disposal
   */
  host(): Promise<HostLink>;
  /** An answer was finished: earlier crashes no longer count. */
  healthy(): void;
}

type Phase =
  | { kind: 'off' }
  | { kind: 'starting'; started: Promise<HostLink> }
  | { kind: 'ready'; link: HostLink }
  | { kind: 'crashed'; reason: string }
  | { kind: 'disposed' };

export function createSupervisor(options: SupervisorOptions): Supervisor {
  const { log, onChange, onEnded } = options;
  let phase: Phase = { kind: 'off' };
  let crashes = 0;
  let memoryBytes: number | null = null;
  let running: { link: HostLink; exit: Promise<void> } | undefined;
  let disposing: Promise<void> | undefined;

  const enter = (next: Phase): void => {
    if (phase.kind === 'disposed') return;
    phase = next;
    onChange();
  };

  const crash = (reason: string): void => {
    crashes += 1;
    memoryBytes = null;
    log.error({ reason, crashes }, 'The engine ended by itself.');
    enter({ kind: 'crashed', reason });
  };

  /** Resolves with a process that said it is ready. */
  const launch = async (): Promise<HostLink> => {
    const waitMs = crashes === 0 ? 0 : options.restartDelayMs(crashes);
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    if (phase.kind === 'disposed') throw cancelled();

    const ready = Promise.withResolvers<void>();
    const exit = Promise.withResolvers<void>();
    let refusal: string | undefined;
    const spawned = options.spawnEngineHost();
    const link = linkHost(
      spawned,
      {
        ready: ready.resolve,
        unavailable: (reason) => {
          refusal = reason;
          link.kill(reason);
        },
        memory: (bytes) => {
          memoryBytes = bytes;
          onChange();
        },
        ended: (error) => {
          exit.resolve();
          running = undefined;
          ready.reject(error);
          onEnded(link);
          if (phase.kind === 'ready') crash(sentence(error));
        },
      },
      log,
    );
    running = { link, exit: exit.promise };
    const timeout = setTimeout(() => link.kill('it did not get ready in time'), options.startTimeoutMs);
    try {
      await ready.promise;
      return link;
    } catch (error) {
      throw refusal === undefined ? error : engineUnavailable(refusal);
    } finally {
      clearTimeout(timeout);
    }
  };

  const start = (): Promise<HostLink> => {
    const started = launch()
      .then((link) => {
        // It may have ended in the moment between saying that it is ready and being believed.
        if (link.ended) throw link.ended;
        enter({ kind: 'ready', link });
        log.info({ processId: link.processId }, 'The engine is ready.');
        return link;
      })
      .catch((error: unknown) => {
        if (phase.kind === 'disposed') throw cancelled();
        const failure = hasCode(error, 'ENGINE_UNAVAILABLE') ? error : engineUnavailable(sentence(error));
        crash(failure.data.reason);
        throw failure;
      });
    enter({ kind: 'starting', started });
    return started;
  };

  return {
    get state(): EngineState {
      switch (phase.kind) {
        case 'off':
        case 'disposed':
          return { kind: 'off' };
        case 'starting':
          return { kind: 'starting' };
        case 'ready':
          return { kind: 'ready', processId: phase.link.processId ?? 0 };
        case 'crashed':
          return { kind: 'crashed', reason: phase.reason, crashes };
      }
    },
    get running() {
      return phase.kind === 'ready' ? phase.link : undefined;
    },
    get memoryBytes() {
      return memoryBytes;
    },
    async host() {
      switch (phase.kind) {
        case 'off':
        case 'crashed':
          return start();
        case 'starting':
          return phase.started;
        case 'ready':
          return phase.link;
        case 'disposed':
          throw cancelled();
      }
    },
    healthy() {
      crashes = 0;
    },
    [Symbol.asyncDispose]() {
      disposing ??= (async () => {
        phase = { kind: 'disposed' };
        const last = running;
        if (last) {
          last.link.shutdown();
          const timeout = setTimeout(() => last.link.kill('it did not end in time'), options.stopTimeoutMs);
          await last.exit;
          clearTimeout(timeout);
        }
        memoryBytes = null;
        onChange();
      })();
      return disposing;
    },
  };
}

function sentence(error: unknown): string {
  if (hasCode(error, 'ENGINE_CRASHED')) return `Its process ended (${error.data.reason}).`;
  return error instanceof Error ? error.message : String(error);
}
