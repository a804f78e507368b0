import type { CheckedModel, Engine } from '../../electron/engine/engine.ts';
import { createLlamaEngine } from '../../electron/engine/llama-engine.ts';
import type { WatchLimits } from '../../electron/engine/watchdog.ts';
import type { EngineHostOptions, Log, MemoryReading } from '../../electron/ports.ts';
import type { Notes } from '../../electron/store/store.ts';
import { createFakeHost, type FakeHost, type FakeScript } from './fake-engine-host.ts';
import { silentLog } from './silent-log.ts';

export interface FakeEngineOptions {
  /** By model id. A model without a script is unreadable. */
  readonly scripts: Readonly<Record<string, FakeScript>>;
  /** Default: 16 GB, all free. */
  readonly memory?: () => MemoryReading;
  readonly log?: Log;
  readonly restartDelayMs?: (crashes: number) => number;
  readonly watch?: WatchLimits;
  readonly notes?: Notes;
  readonly onSpawn?: (how: EngineHostOptions) => void;
}

export interface FakeEngine extends Engine {
  /** The process as it is now; undefined before it was first needed and after it crashed. */
  readonly host: FakeHost | undefined;
  /** As if the engine's process had been killed. Does nothing while there is none. */
  crash(signal?: string): void;
}

const plenty: MemoryReading = { totalBytes: 16e9, availableBytes: 16e9 };

/** The real engine around a process that follows a script instead of calculating. */
export function createFakeEngine(options: FakeEngineOptions): FakeEngine {
  const { scripts, memory = () => plenty, log = silentLog, restartDelayMs = () => 0 } = options;
  let host: FakeHost | undefined;
  const engine = createLlamaEngine({
    spawnEngineHost(how = {}) {
      options.onSpawn?.(how);
      return (host = createFakeHost(scripts, how));
    },
    memory,
    log,
    clock: { now: () => Date.now() },
    restartDelayMs,
    ...(options.watch ? { watch: options.watch } : {}),
    ...(options.notes ? { notes: options.notes } : {}),
  });

  return {
    get state() {
      return engine.state;
    },
    get residents() {
      return engine.residents;
    },
    get memoryBytes() {
      return engine.memoryBytes;
    },
    get host() {
      return host?.alive ? host : undefined;
    },
    quarantineOf: engine.quarantineOf,
    readmit: engine.readmit,
    onChange: engine.onChange,
    load: engine.load,
    unload: engine.unload,
    keep: engine.keep,
    adjust: engine.adjust,
    languageModel: engine.languageModel,
    embed: engine.embed,
    rerank: engine.rerank,
    embeddingModel: engine.embeddingModel,
    rerankingModel: engine.rerankingModel,
    forget: engine.forget,
    crash: (signal) => host?.crash(signal),
    [Symbol.asyncDispose]: engine[Symbol.asyncDispose],
  };
}

/** A model file that exists only for the fake engine. */
export function fakeModel(id: string, changes: Partial<CheckedModel> = {}): CheckedModel {
  return {
    id,
    name: `Fake ${id}`,
    path: `/models/${id}.gguf`,
    weightsBytes: 4_000_000,
    kvBytesPerToken: 1024,
    trainedContextTokens: 8192,
    ...changes,
  };
}
