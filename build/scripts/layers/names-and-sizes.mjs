/** @typedef {import('../checks/list-files.mjs').Problem} Problem */

const topLevelFolders = ['electron', 'renderer', 'shared', 'models', 'build', 'test', 'docs', '.ci', '.github'];
const emptyWords = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'manager', 'managers', 'misc']);
const limitLines = 500;
const testLimitLines = 800;

/** @param {string} file */
export function isSource(file) {
  return /\.(?:ts|tsx|mts|cts|js|jsx|mjs|cjs|css|html)$/.test(file);
}

/**
 * @param {string} file
 * @returns {Problem[]}
 */
export function findNameProblems(file) {
  const parts = file.split('/');
  const problems = [];
  const top = parts[0] ?? '';
  if (parts.length > 1 && !topLevelFolders.includes(top)) {
    problems.push({
      file,
      line: 1,
      rule: 'top-level-folder',
      message: `"${top}" is no folder of the project. Put the file into one of ${topLevelFolders.join(', ')}.`,
    });
  }
  const empty = parts.find((part) => wordsOf(part).some((word) => emptyWords.has(word)));
  if (empty !== undefined && isSource(file)) {
    problems.push({
      file,
      line: 1,
      rule: 'empty-name',
      message: `"${empty}" does not say what is inside. Name it after the one thing it does.`,
    });
  }
  return problems;
}

/**
 * @param {string} file
 * @param {string} source
 * @returns {Problem[]}
 */
export function findSizeProblems(file, source) {
  const lines = source.split('\n').length - (source.endsWith('\n') ? 1 : 0);
  const limit = file.startsWith('test/') ? testLimitLines : limitLines;
  if (lines <= limit) return [];
  const message = `${lines} lines, where ${limit} is the most. Split it by subject.`;
  return [{ file, line: limit + 1, rule: 'file-size', message }];
}

/**
 * The words of a name in kebab-case, PascalCase or camelCase, without its extensions.
 *
 * @param {string} name
 */
function wordsOf(name) {
  const stem = name.startsWith('.') ? name : (name.split('.')[0] ?? '');
  return stem
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
}
