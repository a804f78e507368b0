import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { listFiles, reportProblems } from './checks/list-files.mjs';
import { findDrift, findLockProblems } from './checks/lock-file.mjs';
import { findNpmSettingProblems, findUnwantedWords } from './checks/words.mjs';
import { repository } from './setup/repository.mjs';

const root = process.argv[2] ?? repository;

/** @param {string} file */
function read(file) {
  return existsSync(path.join(root, file)) ? readFileSync(path.join(root, file), 'utf8') : '';
}

const drift = findDrift(read('package-lock.json') || '{}', read('package.json') || '{}');

const problems = [
  ...drift.map((name) => ({
    file: 'package.json',
    line: 1,
    rule: 'lock-drift',
    message: `${name} is not locked as it is asked for. Run npm install and commit package-lock.json.`,
  })),
  ...findLockProblems(read('package-lock.json') || '{}').map((problem) => ({ file: 'package-lock.json', ...problem })),
  ...findNpmSettingProblems(read('.npmrc')).map((problem) => ({ file: '.npmrc', ...problem })),
  ...findUnwantedWords(root, listFiles(root)),
];
process.exitCode = reportProblems(problems, 'The lock file, the npm settings and the words are in order.');
