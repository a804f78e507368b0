import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { adviseOnFailure, countPackages, matchesLock } from './installed.mjs';
import { createProgress } from './progress.mjs';
import { repository, SetupError } from './repository.mjs';
import { lastLines, runProcess } from './run-process.mjs';

const lockFile = path.join(repository, 'package-lock.json');
const installedFolder = path.join(repository, 'node_modules');

/** Installs the locked dependencies when they are not what is there. @throws {SetupError} */
export async function ensureInstalled() {
  const lock = readJson(lockFile);
  if (matchesLock(lock, tryReadJson(path.join(installedFolder, '.package-lock.json')))) return;
  const total = countPackages(lock, process);
  const progress = createProgress();
  const said = () => `Installing the locked dependencies: ${Math.min(countInstalled(), total)} of ${total} packages`;
  progress.update(`Installing the locked dependencies: ${total} packages, once; this takes a minute or two`);
  const ticking = setInterval(() => progress.update(said()), 1000);
  const npm = npmCommand(process.env, process.execPath);
  // Whatever this machine's npm leaves out by habit is needed for building.
  const args = [...npm.args, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const result = await runProcess(npm.command, args, { cwd: repository, env: npmEnvironment(process.env) });
  clearInterval(ticking);
  progress.clear();
  if (result.code !== 0) {
    const end = lastLines(result.output);
    throw new SetupError(`The dependencies could not be installed. npm said:\n\n${end}\n\n${adviseOnFailure(end)}`);
  }
  progress.done(`Installed ${total} packages`);
}

/**
 * The npm that started this script; else the one in PATH.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @param {string} node
 */
export function npmCommand(environment, node) {
  const script = environment['npm_execpath'];
  if (script !== undefined && /npm-cli\.c?js$/.test(script)) return { command: node, args: [script] };
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args: [] };
}

/**
 * npm tells a script about the run it belongs to; an install inside it must not take that for its own settings.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @returns {NodeJS.ProcessEnv}
 */
export function npmEnvironment(environment) {
  const ofThisRun =
    /^npm_(?!config_)|^npm_config_(local_|global_)?prefix$|^npm_config_(omit|production|include)$|^NODE_ENV$/i;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !ofThisRun.test(name)));
}

function countInstalled() {
  if (!existsSync(installedFolder)) return 0;
  let count = 0;
  for (const name of readdirSync(installedFolder)) {
    if (name.startsWith('.')) continue;
    count += name.startsWith('@') ? readdirSync(path.join(installedFolder, name)).length : 1;
  }
  return count;
}

/** @param {string} file @returns {import('./installed.mjs').Lock} */
function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** @param {string} file */
function tryReadJson(file) {
  try {
    return readJson(file);
  } catch {
    return null;
  }
}
