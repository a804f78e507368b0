import type { AppStatus } from '../../shared/contract/index.ts';
import type { Adaptation } from '../../shared/model/adaptation.ts';
import type { Adaptations, Engine } from '../engine/engine.ts';
import { createAsyncQueue } from '../lib/async-queue.ts';
import { createEmitter } from '../lib/emitter.ts';
import type { MemoryReading } from '../ports.ts';
import type { Status } from './status.ts';

export interface StatusOptions {
  readonly appVersion: string;
  readonly host: 'desktop' | 'headless';
  readonly platform: string;
  readonly dataDirectory: string;
  readonly engine: Pick<Engine, 'state' | 'memoryBytes' | 'onChange'>;
  readonly adaptations: Adaptations;
  /** Why documents cannot be searched by their meaning; undefined when they can, or nothing is there for it. */
  readonly meaningProblem?: () => string | undefined;
  readonly memory: () => MemoryReading;
  /** Resident bytes of this process. */
  readonly hostBytes: () => number;
  /** Least time between two announcements. Default: 1 second. */
  readonly leastGapMs?: number;
  /** How often memory is looked at while somebody watches. Default: 2 seconds. */
  readonly sampleEveryMs?: number;
}

/** Changes of memory below this are noise. */
const memoryStepBytes = 4 * 1024 * 1024;

/** Samples nothing while nobody watches. */
export function createStatus(options: StatusOptions): Status & Disposable {
  const { engine, leastGapMs = 1_000, sampleEveryMs = 2_000 } = options;
  const announced = createEmitter<AppStatus>();
  let last: { status: AppStatus; atMs: number } | undefined;
  let pending: NodeJS.Timeout | undefined;
  let stopSampling: (() => void) | undefined;

  function measure(): AppStatus {
    const memory = { ...options.memory(), hostBytes: options.hostBytes(), engineBytes: engine.memoryBytes };
    const meaningProblem = options.meaningProblem?.();
    return { engine: engine.state, memory, ...(meaningProblem === undefined ? {} : { meaningProblem }) };
  }

  function announce(): void {
    pending = undefined;
    const status = measure();
    if (last !== undefined && !differs(last.status, status)) return;
    last = { status, atMs: performance.now() };
    announced.emit(status);
  }

  /** Several changes in a row become one announcement, after the least gap. */
  function announceSoon(): void {
    if (pending !== undefined) return;
    const waitMs = last === undefined ? 0 : Math.max(0, leastGapMs - (performance.now() - last.atMs));
    pending = setTimeout(announce, waitMs);
    pending.unref();
  }

  function startSampling(): () => void {
    const stopListening = engine.onChange(announceSoon);
    const sampling = setInterval(announceSoon, sampleEveryMs);
    sampling.unref();
    return () => {
      stopListening();
      clearInterval(sampling);
      clearTimeout(pending);
      pending = undefined;
      stopSampling = undefined;
    };
  }

  return {
    info: () => ({
      version: options.appVersion,
      host: options.host,
      platform: options.platform,
      dataDirectory: options.dataDirectory,
    }),
    watch(signal) {
      let stopListening = (): void => {};
      const queue = createAsyncQueue<AppStatus>({
        signal,
        capacity: 1,
        whenFull: 'dropOldest',
        onEnd: () => {
          stopListening();
          if (announced.size === 0) stopSampling?.();
        },
      });
      if (queue.ended) return queue;
      stopListening = announced.listen((status) => queue.push(status));
      stopSampling ??= startSampling();
      const status = measure();
      queue.push(status);
      // What a new watcher sees first, the others may not have seen yet.
      if (announced.size === 1) last = { status, atMs: performance.now() };
      else announceSoon();
      return queue;
    },
    watchAdaptations(signal) {
      let stopListening = (): void => {};
      const queue = createAsyncQueue<readonly Adaptation[]>({
        signal,
        capacity: 1,
        whenFull: 'dropOldest',
        onEnd: () => stopListening(),
      });
      if (queue.ended) return queue;
      stopListening = options.adaptations.onChange((history) => queue.push(history));
      queue.push(options.adaptations.history);
      return queue;
    },
    [Symbol.dispose]: () => stopSampling?.(),
  };
}

function differs(a: AppStatus, b: AppStatus): boolean {
  const moved = (x: number | null, y: number | null) =>
    x === null || y === null ? x !== y : Math.abs(x - y) >= memoryStepBytes;
  return (
    JSON.stringify(a.engine) !== JSON.stringify(b.engine) ||
    a.meaningProblem !== b.meaningProblem ||
    moved(a.memory.availableBytes, b.memory.availableBytes) ||
    moved(a.memory.hostBytes, b.memory.hostBytes) ||
    moved(a.memory.engineBytes, b.memory.engineBytes)
  );
}
