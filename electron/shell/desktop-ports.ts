import { existsSync } from 'node:fs';
import path from 'node:path';

import { app, powerMonitor, safeStorage, utilityProcess } from 'electron';
import ElectronStore from 'electron-store';

import type { Log, MachineConditions, MemoryReading, Ports, Secrets } from '../ports.ts';
import { startCheckerProcess } from './checker-process.ts';
import { createDesktopConditions } from './desktop-conditions.ts';
import type { DesktopFiles } from './desktop-files.ts';
import { readDesktopMemory } from './desktop-memory.ts';
import { engineEnvironment, extractionEnvironment, wrapChildProcess } from './child-process.ts';
import { createDesktopSecrets } from './sealed-key.ts';
import { createSettingsFile } from './settings-file.ts';

export interface DesktopPortsOptions {
  readonly dataDirectory: string;
  readonly modelFiles: readonly string[];
  readonly files: DesktopFiles;
  readonly database: string;
  /** Where a headless host keeps the key, and the port that reads it there. */
  readonly keyPath: string;
  readonly keyFile: Secrets;
  readonly onKeyInFile: () => void;
  /** What plain Node can find out of the machine's state. */
  readonly readConditions: (memory: () => MemoryReading) => () => Promise<MachineConditions>;
  readonly log: Log;
}

/** What the desktop gives the core. Needs `app` to be ready. */
export function createDesktopPorts(options: DesktopPortsOptions): Ports {
  const { dataDirectory, files, database, keyPath, log } = options;
  const { platform } = process;
  const memory = (): MemoryReading => {
    const own = { constrainedBytes: process.constrainedMemory(), residentBytes: process.memoryUsage.rss() };
    return readDesktopMemory(process.getSystemMemoryInfo(), own, platform);
  };
  return {
    host: 'desktop',
    appVersion: app.getVersion(),
    paths: { data: dataDirectory, bundledModels: files.bundledModels, modelFiles: options.modelFiles },
    settingsFile: createSettingsFile(
      path.join(dataDirectory, 'settings.json'),
      (settings) => new ElectronStore({ ...settings, cwd: dataDirectory, name: 'settings' }),
    ),
    secrets: createDesktopSecrets({
      safe: safeStorage,
      dataDirectory,
      platform,
      keyFile: options.keyFile,
      hasKeyFile: () => existsSync(keyPath),
      database,
      onKeyInFile: options.onKeyInFile,
    }),
    clock: { now: () => Date.now() },
    log,
    memory,
    conditions: createDesktopConditions(options.readConditions(memory), powerMonitor, platform),
    spawnChecker: () => startCheckerProcess(files.checker),
    spawnEngineHost: ({ native } = {}) => {
      const child = utilityProcess.fork(files.engineHost, [], {
        serviceName: 'Clawdbot Engine',
        env: {
          ...engineEnvironment(process.env),
          ...(native ? { CLAWDBOT_ENGINE_NATIVE: native } : {}),
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      return wrapChildProcess(child, platform, log);
    },
    spawnExtractionHost: () => {
      const child = utilityProcess.fork(files.extractionHost, [], {
        serviceName: 'Clawdbot Document Reader',
        env: extractionEnvironment(process.env),
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      return wrapChildProcess(child, platform, log);
    },
  };
}
