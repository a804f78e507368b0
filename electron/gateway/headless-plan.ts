import path from 'node:path';

import type { HeadlessConfig } from './headless-config.ts';
import { defaultDataDirectory } from './data-directory.ts';
import type { HeadlessFlags } from './headless-flags.ts';

export interface HeadlessPlan {
  readonly port: number;
  readonly host: string;
  readonly allowedHosts: readonly string[];
  readonly dataDirectory: string;
  readonly models: readonly string[];
  readonly open: boolean;
  readonly settings: NonNullable<HeadlessConfig['settings']>;
}

export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly home: string;
  /** Where relative paths on the command line start. */
  readonly folder: string;
}

const defaultPort = 25_293;

/** Flags win over the environment, the environment over the configuration file, that over the defaults. */
export function planHeadless(flags: HeadlessFlags, config: HeadlessConfig, surroundings: Surroundings): HeadlessPlan {
  const { environment, platform, home, folder } = surroundings;
  const chosen = flags.dataDirectory ?? (environment['CLAWDBOT_HOME'] || undefined) ?? config.dataDir;
  return {
    port: flags.port ?? config.port ?? defaultPort,
    host: config.host ?? '127.0.0.1',
    allowedHosts: config.allowedHosts ?? [],
    dataDirectory:
      chosen === undefined ? defaultDataDirectory(platform, environment, home) : path.resolve(folder, chosen),
    models: [...flags.models.map((file) => path.resolve(folder, file)), ...(config.model ?? [])],
    open: flags.open ?? config.open ?? true,
    settings: config.settings ?? {},
  };
}
