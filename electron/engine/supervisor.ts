import { cancelled, hasCode } from '../../shared/errors/clawdbot-error.ts';
import type { EngineState } from '../../shared/contract/index.ts';
import type { EngineHostOptions, EngineHostProcess, Log } from '../ports.ts';
import type { CarefulWay } from './careful-way.ts';
import { engineUnavailable } from './failures.ts';
import { linkHost, type HostLink } from './host-link.ts';
import type { EngineEnd, PostMortem } from './post-mortem.ts';
import type { WatchLimits } from './watchdog.ts';

export interface SupervisorOptions {
  readonly spawnEngineHost: (options: EngineHostOptions) => EngineHostProcess;
  readonly careful: CarefulWay;
  readonly watch: WatchLimits;
  readonly log: Log;
  /** Time for the process to say that it is ready. */
  readonly startTimeoutMs: number;
  /** Time for it to end by itself before it is killed. */
  readonly stopTimeoutMs: number;
  /** Wait before the start after the n-th crash in a row, n from 1. */
  readonly restartDelayMs: (crashes: number) => number;
  readonly onChange: () => void;
  /** llama.cpp got no memory for a context of so many tokens. */
  readonly onTooLarge: (modelId: string, contextTokens: number) => void;
  readonly onEnded: (link: HostLink, postMortem: PostMortem) => void;
  /** How often a process that was ready is started again by itself, until an answer succeeds. */
  readonly revivals: number;
  /** It was started again after it had ended by itself. */
  readonly onRevived: () => void;
}

/**
 * Keeps at most one engine process, starts it when it is needed and again when it ended by itself, and never fails
 * because of it.
 */
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
  /** The model finished an answer: earlier crashes no longer count. */
  healthy(modelId: string): void;
}

type Phase =
  | { kind: 'off' }
  | { kind: 'starting'; started: Promise<HostLink> }
  | { kind: 'ready'; link: HostLink; careful: boolean }
  | { kind: 'crashed'; reason: string; cause: EngineEnd['cause']; returning: boolean }
  | { kind: 'disposed' };

export function createSupervisor(options: SupervisorOptions): Supervisor {
  const { log, careful, onChange, onEnded } = options;
  let phase: Phase = { kind: 'off' };
  let crashes = 0;
  /** Since an answer succeeded. */
  let revivals = 0;
  let memoryBytes: number | null = null;
  let running: { link: HostLink; exit: Promise<void> } | undefined;
  let disposing: Promise<void> | undefined;

  const enter = (next: Phase): void => {
    if (phase.kind === 'disposed') return;
    phase = next;
    onChange();
  };

  /** `wasUp`: it had been ready, or was on its way back. Somebody's question that could not start it is told so instead. */
  const crash = (reason: string, cause: EngineEnd['cause'], wasUp: boolean): void => {
    crashes += 1;
    memoryBytes = null;
    const returning = wasUp && revivals < options.revivals;
    const sentenceOf = wasUp && !returning && revivals > 0 ? gaveUp(reason, revivals) : reason;
    log.error({ reason, cause, crashes, returning }, 'The engine ended by itself.');
    enter({ kind: 'crashed', reason: sentenceOf, cause, returning });
    // A listener may have started it already.
    if (!returning || phase.kind !== 'crashed') return;
    revivals += 1;
    start(true).then(options.onRevived, () => undefined);
  };

  /** Resolves with a process that said it is ready. */
  const launch = async (): Promise<{ link: HostLink; wasCareful: boolean }> => {
    const waitMs = crashes === 0 ? 0 : options.restartDelayMs(crashes);
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    if (phase.kind === 'disposed') throw cancelled();

    const ready = Promise.withResolvers<void>();
    const exit = Promise.withResolvers<void>();
    let refusal: string | undefined;
    const wasCareful = careful.on;
    // Until it says otherwise: what crashes at the start may be the direct way.
    let direct = !wasCareful;
    const spawned = options.spawnEngineHost(wasCareful ? { native: 'off' } : {});
    const link = linkHost(
      spawned,
      {
        ready(facts) {
          direct = facts.direct;
          careful.ready(facts.release);
          ready.resolve();
        },
        unavailable: (reason) => {
          refusal = reason;
          link.kill(reason);
        },
        memory: (bytes) => {
          memoryBytes = bytes;
          onChange();
        },
        tooLarge: options.onTooLarge,
        ended: (error, postMortem) => {
          exit.resolve();
          running = undefined;
          const wasReady = phase.kind === 'ready' && phase.link === link;
          const blamed = postMortem.blamedModelId;
          const wasNative = direct && postMortem.native && postMortem.cause === 'crash';
          if (wasNative && (blamed !== undefined || !wasReady)) careful.crashed(blamed);
          ready.reject(error);
          onEnded(link, postMortem);
          if (wasReady) crash(sentence(error), postMortem.cause, true);
        },
      },
      log,
      options.watch,
    );
    running = { link, exit: exit.promise };
    const timeout = setTimeout(() => link.kill('it did not get ready in time'), options.startTimeoutMs);
    try {
      await ready.promise;
      return { link, wasCareful };
    } catch (error) {
      throw refusal === undefined ? error : engineUnavailable(refusal);
    } finally {
      clearTimeout(timeout);
    }
  };

  const start = (isRevival: boolean): Promise<HostLink> => {
    const started = launch()
      .then(({ link, wasCareful }) => {
        // It may have ended in the moment between saying that it is ready and being believed.
        if (link.ended) throw link.ended;
        enter({ kind: 'ready', link, careful: wasCareful });
        log.info({ processId: link.processId, careful: wasCareful }, 'The engine is ready.');
        return link;
      })
      .catch((error: unknown) => {
        if (phase.kind === 'disposed') throw cancelled();
        const failure = hasCode(error, 'ENGINE_UNAVAILABLE') ? error : engineUnavailable(sentence(error));
        crash(failure.data.reason, 'ended', isRevival);
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
          return { kind: 'ready', processId: phase.link.processId ?? 0, ...(phase.careful ? { careful: true } : {}) };
        case 'crashed': {
          const { reason, cause, returning } = phase;
          return {
            kind: 'crashed',
            reason,
            crashes,
            ...(cause === 'hang' || cause === 'memory' ? { cause } : {}),
            ...(returning ? { returning } : {}),
          };
        }
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
          return start(false);
        case 'starting':
          return phase.started;
        case 'ready':
          return phase.link;
        case 'disposed':
          throw cancelled();
      }
    },
    healthy(modelId) {
      crashes = 0;
      revivals = 0;
      careful.worked(modelId);
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

function gaveUp(reason: string, revivals: number): string {
  return `${reason} It was started again ${revivals} ${revivals === 1 ? 'time' : 'times'} and did not stay.`;
}

function sentence(error: unknown): string {
  if (hasCode(error, 'ENGINE_CRASHED')) return `Its process ended (${error.data.reason}).`;
  return error instanceof Error ? error.message : String(error);
}
