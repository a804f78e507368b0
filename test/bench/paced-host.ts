/**
 * The headless host with an engine that writes at a given pace, as a program of its own:
 * `node test/bench/paced-host.ts DATA_DIRECTORY MODEL_FILE`. Prints the address as the headless host does.
 */
import { randomBytes } from 'node:crypto';
import path from 'node:path';

import { createCore } from '../../electron/core.ts';
import { createLlamaEngine } from '../../electron/engine/llama-engine.ts';
import { createWebHost } from '../../electron/gateway/web-host.ts';
import { createRouter } from '../../electron/rpc/router.ts';
import { frameLimitBytes, serveWebSocket } from '../../electron/rpc/serve-web-socket.ts';
import { forkChecker } from '../../electron/store/fork-checker.ts';
import { createConfSettingsFile } from '../../electron/store/conf-settings-file.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { createPacedEngineHost } from './paced-engine-host.ts';

const [dataDirectory, model] = process.argv.slice(2);
if (dataDirectory === undefined || model === undefined) {
  throw new Error('Usage: paced-host.ts DATA_DIRECTORY MODEL_FILE');
}

const log = silentLog;
const clock = { now: () => Date.now() };
const key = randomBytes(32);
const core = await createCore(
  {
    host: 'headless',
    appVersion: '0.0.0',
    paths: { data: dataDirectory, bundledModels: path.join(dataDirectory, 'none'), modelFiles: [model] },
    settingsFile: createConfSettingsFile(dataDirectory),
    secrets: { databaseKey: async () => key },
    clock,
    log,
    memory: () => ({ totalBytes: 16e9, availableBytes: 16e9 }),
    conditions: async () => ({
      availableBytes: 16e9,
      pressure: 'none',
      thermal: 'nominal',
      onBattery: false,
      lowPower: false,
    }),
    spawnChecker: () => forkChecker(path.resolve(import.meta.dirname, '../../electron/store/checker/main.ts'), log),
    spawnEngineHost: createPacedEngineHost,
    spawnExtractionHost: () => {
      throw new Error('no document is read here');
    },
  },
  { createEngine: createLlamaEngine },
);
const router = createRouter(core, log);
const web = await createWebHost({
  rendererFolder: path.resolve(import.meta.dirname, '../../dist/renderer'),
  port: 0,
  host: '127.0.0.1',
  allowedHosts: [],
  sessions: core.webSessions,
  serveRpc: (socket, id) => serveWebSocket(socket, router, { kind: 'web', id }, log),
  onFreshLink: () => undefined,
  frameLimitBytes,
  exportFile: core.transfer.export,
  clock,
  log,
});
console.log(`Clawdbot is ready at ${web.freshLink()}`);
process.once('SIGTERM', () => {
  void (async () => {
    await web[Symbol.asyncDispose]();
    await core[Symbol.asyncDispose]();
    process.exit(0);
  })();
});
