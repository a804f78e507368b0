import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

import { createCore, databaseName } from './core.ts';
import { forkExtractionHost } from './documents/extract/fork-extraction-host.ts';
import { forkEngineHost } from './engine/fork-engine-host.ts';
import { prepareDataDirectory } from './gateway/data-directory.ts';
import type { HeadlessConfig } from './gateway/headless-config.ts';
import { helpText, parseHeadlessFlags } from './gateway/headless-flags.ts';
import { planHeadless, type HeadlessPlan } from './gateway/headless-plan.ts';
import { endHost, waitForEnd } from './gateway/host-life.ts';
import { createKeyFile } from './gateway/key-file.ts';
import { locateFiles } from './gateway/locate-files.ts';
import { createLogFile } from './gateway/log-file.ts';
import { browserOpener, openBrowser } from './gateway/open-browser.ts';
import { isLoopback } from './gateway/own-address.ts';
import { describeStartFailure, requireFiles } from './gateway/start-failure.ts';
import { createWebHost } from './gateway/web-host.ts';
import { createMemoryReader } from './monitor/host-memory.ts';
import { createConditionsReader } from './monitor/machine-conditions.ts';
import type { Log, Ports } from './ports.ts';
import { createRouter } from './rpc/router.ts';
import { frameLimitBytes, serveWebSocket } from './rpc/serve-web-socket.ts';
import { createConfSettingsFile } from './store/conf-settings-file.ts';
import { forkChecker } from './store/fork-checker.ts';

const files = locateFiles(import.meta.dirname);
const openHostWarning =
  'Other machines can reach this host, and what they exchange with it is not encrypted. Use it only in a network you trust.';

let logPath: string | undefined;

try {
  await run();
} catch (error) {
  const { words, exitCode } = describeStartFailure(error, logPath);
  console.error(words);
  process.exit(exitCode);
}

async function run(): Promise<void> {
  const flags = parseHeadlessFlags(process.argv.slice(2));
  if (flags.show === 'help') return console.log(helpText);
  if (flags.show === 'version') return console.log(readVersion());
  const plan = planHeadless(flags, flags.config === undefined ? {} : await readConfig(flags.config), {
    environment: process.env,
    platform: process.platform,
    home: homedir(),
    folder: process.cwd(),
  });
  requireFiles({ page: path.join(files.rendererFolder, 'index.html'), models: plan.models }, isFile);
  prepareDataDirectory(plan.dataDirectory);
  const logFile = createLogFile({
    folder: path.join(plan.dataDirectory, 'logs'),
    level: process.env['CLAWDBOT_LOG'] === 'debug' ? 'debug' : 'info',
  });
  logPath = logFile.path;
  const ended = waitForEnd();
  const host = await start(plan, logFile.log).catch((error: unknown) => {
    logFile.log.error({ err: error }, 'the host could not be started');
    throw error;
  });
  await endHost(await ended, host, { log: logFile.log, logPath });
}

/** Everything between the options and the line that says where the page is. */
async function start(plan: HeadlessPlan, log: Log): Promise<AsyncDisposable> {
  await using parts = new AsyncDisposableStack();
  const ports = createPorts(plan, log);
  const core = parts.use(await createCore(ports));
  if (Object.keys(plan.settings).length > 0) core.settings.update(plan.settings);
  const router = createRouter(core, log);
  // Whoever is called by a name that is not its own, or listens for others, may be talking to another machine.
  const sameMachine = isLoopback(plan.host) && plan.allowedHosts.length === 0;
  const web = parts.use(
    await createWebHost({
      rendererFolder: files.rendererFolder,
      port: plan.port,
      host: plan.host,
      allowedHosts: plan.allowedHosts,
      sessions: core.webSessions,
      serveRpc: (socket, sessionId) => serveWebSocket(socket, router, { kind: 'web', id: sessionId, sameMachine }, log),
      onFreshLink: (url) => console.log(`To open it in another browser: ${url}`),
      frameLimitBytes,
      exportFile: core.transfer.export,
      clock: ports.clock,
      log,
    }),
  );
  if (!isLoopback(plan.host)) console.error(`Warning: listening on ${plan.host}. ${openHostWarning}`);
  core.announce(web.url);
  const url = web.freshLink();
  if (core.settings.read().preloadModel) void core.models.preload(null);
  log.info({ port: web.port, version: ports.appVersion }, 'ready');
  console.log(`Clawdbot is ready at ${url}`);
  if (plan.open) openBrowser(url, browserOpener(process.platform, process.env), log);
  return parts.move();
}

function createPorts(plan: HeadlessPlan, log: Log): Ports {
  const { dataDirectory } = plan;
  const memory = createMemoryReader(process.platform);
  return {
    host: 'headless',
    appVersion: readVersion(),
    paths: { data: dataDirectory, bundledModels: files.bundledModels, modelFiles: plan.models },
    settingsFile: createConfSettingsFile(dataDirectory),
    secrets: createKeyFile({
      path: path.join(dataDirectory, 'database.key'),
      database: path.join(dataDirectory, databaseName),
      log,
    }),
    clock: { now: () => Date.now() },
    log,
    memory,
    conditions: createConditionsReader(process.platform, memory),
    spawnChecker: () => forkChecker(files.checker, log),
    spawnEngineHost: (options) => forkEngineHost({ modulePath: files.engineHost, log, ...options }),
    spawnExtractionHost: () => forkExtractionHost({ modulePath: files.extractionHost, log }),
  };
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}

/** Loaded only when there is a file to read: the parser is not needed otherwise. */
async function readConfig(file: string): Promise<HeadlessConfig> {
  const { readHeadlessConfig } = await import('./gateway/headless-config.ts');
  return readHeadlessConfig(file);
}

function readVersion(): string {
  const content: unknown = JSON.parse(readFileSync(files.packageJson, 'utf8'));
  return typeof content === 'object' && content !== null && 'version' in content ? String(content.version) : 'unknown';
}
