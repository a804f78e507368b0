import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { createCore, type Core } from '../../electron/core.ts';
import { forkExtractionHost } from '../../electron/documents/extract/fork-extraction-host.ts';
import type { Log, Ports } from '../../electron/ports.ts';
import type { RouterServices } from '../../electron/rpc/router.ts';
import { createConfSettingsFile } from '../../electron/store/conf-settings-file.ts';
import { forkChecker } from '../../electron/store/fork-checker.ts';
import { createFakeEngine, type FakeEngine } from '../fakes/fake-engine.ts';
import type { FakeScript } from '../fakes/fake-engine-host.ts';
import { createRecordingLog, type RecordingLog } from '../fakes/recording-log.ts';
import { writeTinyModel } from '../model/tiny-model.ts';

const extractionHost = path.resolve(import.meta.dirname, '../../electron/documents/host/main.ts');

export const quickAnswer = 'The tide rises because the moon pulls at the water.';

/** By model id: the name of its file in the library. */
const scripts: Readonly<Record<string, FakeScript>> = {
  quick: { reply: quickAnswer },
  slow: { reply: Array.from({ length: 5_000 }, (_, index) => `word${index}`).join(' '), tokensPerSecond: 100 },
};

export interface CoreUnderTest extends AsyncDisposable {
  readonly core: Core;
  /** The core's services, counting the streams that are open. */
  readonly services: RouterServices;
  readonly openStreams: () => number;
  readonly engine: FakeEngine;
  readonly log: RecordingLog;
  readonly dataDirectory: string;
}

/** What a host gives the core, without a host. */
export function createPorts(dataDirectory: string, key: Uint8Array, log: Log): Ports {
  return {
    host: 'headless',
    appVersion: '0.0.1',
    paths: { data: dataDirectory, bundledModels: path.join(dataDirectory, 'bundled'), modelFiles: [] },
    settingsFile: createConfSettingsFile(dataDirectory),
    secrets: { databaseKey: async () => key },
    clock: { now: () => Date.now() },
    log,
    memory: () => ({ totalBytes: 16e9, availableBytes: 16e9 }),
    conditions: async () => ({
      availableBytes: 16e9,
      pressure: 'none',
      thermal: 'nominal',
      onBattery: false,
      lowPower: false,
    }),
    spawnChecker: () => forkChecker(path.resolve('electron/store/checker/main.ts'), log),
    spawnEngineHost: () => {
      throw new Error('the fake engine starts no process');
    },
    spawnExtractionHost: () => forkExtractionHost({ modulePath: extractionHost, log }),
  };
}

/** The real core on a real database, with real model files and an engine that follows a script. */
export async function startCore(): Promise<CoreUnderTest> {
  const dataDirectory = await mkdtemp(path.join(tmpdir(), 'clawdbot-core-'));
  const library = path.join(dataDirectory, 'models');
  await mkdir(library);
  for (const name of Object.keys(scripts)) await writeTinyModel(path.join(library, `${name}.gguf`), { name });
  const engine = createFakeEngine({ scripts });
  const log = createRecordingLog();
  const ports = createPorts(dataDirectory, randomBytes(32), log);
  const core = await createCore(ports, { createEngine: () => engine });
  let open = 0;
  const counted = <T>(source: AsyncIterable<T>): AsyncIterable<T> => count(source, (change) => (open += change));
  return {
    core,
    services: {
      analysis: core.analysis,
      chat: {
        ...core.chat,
        watchConversations: (signal) => counted(core.chat.watchConversations(signal)),
        watchThread: (conversationId, signal) => counted(core.chat.watchThread(conversationId, signal)),
      },
      collections: { ...core.collections, watch: (signal) => counted(core.collections.watch(signal)) },
      context: {
        ...core.context,
        watch: (conversationId, signal) => counted(core.context.watch(conversationId, signal)),
      },
      documents: core.documents,
      reader: core.reader,
      files: core.files,
      keep: { ...core.keep, watch: (signal) => counted(core.keep.watch(signal)) },
      transfer: { ...core.transfer, watch: (signal) => counted(core.transfer.watch(signal)) },
      models: { ...core.models, watch: (signal) => counted(core.models.watch(signal)) },
      settings: { ...core.settings, watch: (signal) => counted(core.settings.watch(signal)) },
      status: { ...core.status, watch: (signal) => counted(core.status.watch(signal)) },
    },
    openStreams: () => open,
    engine,
    log,
    dataDirectory,
    async [Symbol.asyncDispose]() {
      await core[Symbol.asyncDispose]();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

/** A stream is open until it has said so itself, or was told to return. */
async function* count<T>(source: AsyncIterable<T>, changed: (change: 1 | -1) => void): AsyncGenerator<T> {
  changed(1);
  try {
    yield* source;
  } finally {
    changed(-1);
  }
}
