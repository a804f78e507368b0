import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

const leftOut = new Set(['.git', 'node_modules', 'dist', 'out', 'release', 'test-results', '.DS_Store']);

/**
 * The files that belong to the repository, as sorted paths with slashes: what git tracks or would track; in a copy
 * without git, everything but installed and built things.
 *
 * @param {string} root
 * @returns {string[]}
 */
export function listFiles(root) {
  if (existsSync(path.join(root, '.git'))) {
    const git = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    if (git.status === 0) {
      const files = new Set(git.stdout.split('\0').filter((file) => file !== ''));
      return [...files].filter((file) => existsSync(path.join(root, file))).toSorted();
    }
  }
  return walk(root, '').toSorted();
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
function walk(root, folder) {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (leftOut.has(entry.name)) return [];
    return entry.isDirectory() ? walk(root, name) : [name];
  });
}

/**
 * @typedef {object} Problem
 * @property {string} file
 * @property {number} line
 * @property {string} rule
 * @property {string} message what is wrong, and the way out
 */

/** @param {Problem} problem */
function formatProblem({ file, line, rule, message }) {
  return `${file}:${line}  ${rule}: ${message}`;
}

/**
 * Prints problems and gives the exit status.
 *
 * @param {readonly Problem[]} problems
 * @param {string} clean what to say when there is none
 */
export function reportProblems(problems, clean) {
  for (const problem of problems) console.log(formatProblem(problem));
  console.log(problems.length === 0 ? clean : `${problems.length} problem${problems.length === 1 ? '' : 's'}.`);
  return problems.length === 0 ? 0 : 1;
}
