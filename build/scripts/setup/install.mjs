import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { adviseOnFailure, countPackages, matchesLock, whatNpmSaid } from './installed.mjs';
import { createProgress } from './progress.mjs';
import { repository, SetupError } from './repository.mjs';
import { runProcess } from './run-process.mjs';

const lockFile = path.join(repository, 'package-lock.json');
const installedFolder = path.join(repository, 'node_modules');

/** Installs the locked dependencies when they are not what is there. @throws {SetupError} */
export async function ensureInstalled() {
  const lock = readJson(lockFile);
  if (matchesLock(lock, tryReadJson(path.join(installedFolder, '.package-lock.json')))) return;
  const total = countPackages(lock, process);
  const progress = createProgress();
  const described = () =>
    `Installing the locked dependencies: ${Math.min(countInstalled(), total)} of ${total} packages`;
  progress.update(`Installing the locked dependencies: ${total} packages, once; this takes a minute or two`);
  const ticking = setInterval(() => progress.update(described()), 1000);
  const npm = npmCommand(process.env, process.execPath);
  // Whatever this machine's npm leaves out by habit is needed for building.
  const args = [...npm.args, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const result = await runProcess(npm.command, args, { cwd: repository, env: npmEnvironment(process.env) });
  clearInterval(ticking);
  progress.clear();
  if (result.code !== 0) {
    const [said, advice] = [whatNpmSaid(result.output), adviseOnFailure(result.output)];
    throw new SetupError(`The dependencies could not be installed. npm said:\n\n${said}\n\n${advice}`);
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

/** npm makes all folders first and fills them one by one; a package is there when its package.json is. */
function countInstalled() {
  if (!existsSync(installedFolder)) return 0;
  const names = readdirSync(installedFolder).filter((name) => !name.startsWith('.'));
  const folders = names.flatMap((name) =>
    name.startsWith('@') ? readdirSync(path.join(installedFolder, name)).map((inner) => `${name}/${inner}`) : [name],
  );
  return folders.filter((folder) => existsSync(path.join(installedFolder, folder, 'package.json'))).length;
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
