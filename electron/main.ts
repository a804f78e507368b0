import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

import { app, dialog, protocol } from 'electron';

import { createCore, databaseName } from './core.ts';
import { prepareDataDirectory } from './gateway/data-directory.ts';
import { helpText, parseHeadlessFlags } from './gateway/headless-flags.ts';
import { planHeadless, type HeadlessPlan } from './gateway/headless-plan.ts';
import { createKeyFile } from './gateway/key-file.ts';
import { createLogFile } from './gateway/log-file.ts';
import { createDisposables } from './lib/disposables.ts';
import { createConditionsReader } from './monitor/machine-conditions.ts';
import { createDirectClient } from './rpc/direct-client.ts';
import { createRouter } from './rpc/router.ts';
import { serveMessagePort } from './rpc/serve-message-port.ts';
import { appArguments } from './shell/desktop-args.ts';
import { locateDesktopFiles } from './shell/desktop-files.ts';
import { createDesktopPorts } from './shell/desktop-ports.ts';
import { explainError } from './shell/explain-error.ts';
import { appScheme } from './shell/link-policy.ts';
import { createOrderlyQuit } from './shell/orderly-quit.ts';
import { trySecondStart } from './shell/second-start.ts';
import { createShell } from './shell/shell.ts';
import { chooseShellLanguage } from './shell/texts.ts';

const args = appArguments(process.argv, app.isPackaged);
const files = locateDesktopFiles(app.getAppPath(), process.resourcesPath, app.isPackaged);
const platform = process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux';

// To be said before the app is ready, as are the paths below; Electron waits for the top level of this module.
protocol.registerSchemesAsPrivileged([
  { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
]);
try {
  const plan = await prepare();
  if (plan) void app.whenReady().then(() => start(plan).catch(refuse));
  else app.exit(0);
} catch (error) {
  refuse(error);
}

/** Everything before the app is ready; undefined when there is nothing to start. */
async function prepare(): Promise<HeadlessPlan | undefined> {
  const flags = parseHeadlessFlags(args);
  if (flags.show !== undefined) {
    process.stdout.write(flags.show === 'help' ? helpText : `${app.getVersion()}\n`);
    return undefined;
  }
  const surroundings = { environment: process.env, platform: process.platform, home: homedir(), folder: process.cwd() };
  const plan = planHeadless(flags, flags.config === undefined ? {} : await readConfig(flags.config), surroundings);
  prepareDataDirectory(plan.dataDirectory);
  const browserData = path.join(plan.dataDirectory, 'browser');
  mkdirSync(browserData, { recursive: true, mode: 0o700 });
  // One app for each data directory; and what Chromium keeps, apart from what is the person's.
  app.setPath('userData', plan.dataDirectory);
  app.setPath('sessionData', browserData);
  return app.requestSingleInstanceLock({ args }) ? plan : undefined;
}

async function start({ dataDirectory, models, settings }: HeadlessPlan): Promise<void> {
  const owned = createDisposables();
  const level = process.env['CLAWDBOT_LOG'] === 'debug' ? 'debug' : 'info';
  const { log } = owned.add(createLogFile({ folder: path.join(dataDirectory, 'logs'), level }));
  const quit = createOrderlyQuit({ app, dispose: async () => owned[Symbol.asyncDispose](), limitMs: 8_000, log });
  for (const fault of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(fault, (error: unknown) => {
      log.error({ err: error, fault }, 'an unexpected error ends the app');
      // One box is enough, however many errors follow.
      if (!quit.quitting) explain(error);
      app.quit();
    });
  }
  let keyInFile = false;
  const database = path.join(dataDirectory, databaseName);
  const keyPath = path.join(dataDirectory, 'database.key');
  const ports = createDesktopPorts({
    dataDirectory,
    modelFiles: models,
    files,
    database,
    keyPath,
    keyFile: createKeyFile({ path: keyPath, database, log }),
    onKeyInFile: () => (keyInFile = true),
    readConditions: (memory) => createConditionsReader(process.platform, memory),
    log,
  });
  const core = owned.add(
    await createCore(ports).catch((error: unknown) => {
      log.error({ err: error }, 'the app could not be started');
      throw error;
    }),
  );
  if (Object.keys(settings).length > 0) core.settings.update(settings);
  const router = createRouter(core, log);
  const shell = owned.add(
    createShell({
      client: createDirectClient(router, { kind: 'window', id: 'shell' }),
      serve: (port, surface) => serveMessagePort(port, router, { kind: 'window', id: surface, sameMachine: true }, log),
      exportFile: core.transfer.export,
      settings: core.settings.read(),
      platform,
      dataDirectory,
      ...files,
      args,
      notices: keyInFile ? ['keyInFile'] : [],
      quitting: () => quit.quitting,
      clock: ports.clock,
      log,
    }),
  );
  app.on('second-instance', (_event, _argv, _folder, data) => shell.secondStart(trySecondStart(data)?.args ?? []));
  if (core.settings.read().preloadModel) void core.models.preload(null);
  log.info({ version: ports.appVersion }, 'ready');
}

/** Loaded only when there is a file to read: the parser is not needed otherwise. */
async function readConfig(file: string) {
  const { readHeadlessConfig } = await import('./gateway/headless-config.ts');
  return readHeadlessConfig(file);
}

/** Says in the person's language why there is no app, and ends. */
function refuse(error: unknown): void {
  explain(error);
  app.exit(1);
}

function explain(error: unknown): void {
  const { message, detail } = explainError(error, chooseShellLanguage('system', app.getPreferredSystemLanguages()));
  process.stderr.write(`${message}: ${detail}\n`);
  dialog.showErrorBox(message, detail);
}
