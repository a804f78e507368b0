import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

import { repository, SetupError } from './repository.mjs';

const wantedMajor = 24;

/**
 * The Node that everything after set-up runs on: the one that came with the dependencies, else the one running this.
 *
 * @param {{ bundled: { path: string, version: string } | null, running: { path: string, version: string } }} found
 * @returns {string | null} its path, or null when neither is new enough
 */
export function chooseNode({ bundled, running }) {
  if (bundled !== null && major(bundled.version) >= wantedMajor) return bundled.path;
  if (major(running.version) >= wantedMajor) return running.path;
  return null;
}

/** @param {string} version */
function major(version) {
  return Number.parseInt(version.replace(/^v/, ''), 10);
}

/** @type {string | undefined} */
let known;

/** @throws {SetupError} where there is no Node that is new enough */
export function findNode24() {
  if (known !== undefined) return known;
  const file = path.join(repository, 'node_modules/.bin/node');
  const running = { path: process.execPath, version: process.version };
  const chosen = chooseNode({ bundled: tryVersion(file), running });
  if (chosen === null) {
    throw new SetupError(
      `Clawdbot runs on Node ${wantedMajor} or newer. This is Node ${process.version}, and no newer one came with the ` +
        `dependencies for ${process.platform} on ${process.arch}.\n` +
        `Install Node ${wantedMajor} (nodejs.org, or "brew install node@${wantedMajor}") and run the command again.`,
    );
  }
  known = chosen;
  return chosen;
}

/** @param {string} file */
function tryVersion(file) {
  if (!existsSync(file)) return null;
  // Asked rather than believed: a binary for another C library is there, but does not start.
  const { status, stdout } = spawnSync(file, ['--version'], { encoding: 'utf8' });
  return status === 0 ? { path: file, version: stdout.trim() } : null;
}

/**
 * The environment for what runs after set-up: a `node` that scripts find by name is the chosen one, and what npm
 * told this script about itself is not passed on.
 *
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentForNode24(environment = process.env) {
  const node = findNode24();
  const folders = [path.dirname(node), path.join(repository, 'node_modules/.bin'), environment['PATH'] ?? ''];
  const kept = Object.entries(environment).filter(([name]) => !/^npm_(?!config_)|^NODE_ENV$/i.test(name));
  return { ...Object.fromEntries(kept), PATH: folders.join(path.delimiter) };
}

/** A tool of node_modules by its package and the file its command stands for. @param {string} file */
export function toolPath(file) {
  return path.join(repository, 'node_modules', file);
}
