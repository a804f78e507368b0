import { readFileSync } from 'node:fs';
import path from 'node:path';

/** @typedef {import('./list-files.mjs').Problem} Problem */

/** @type {readonly { rule: string, pattern: RegExp, message: string }[]} */
const unwanted = [
  {
    rule: 'registry-host',
    pattern: /\bregistry\.(?:[a-z0-9-]+\.)+(?:org|com|net|io|dev|cn)\b/,
    message: 'A package registry is named. Where packages come from is a setting of the machine, not of the project.',
  },
  {
    rule: 'merge-mark',
    pattern: /^(?:<{7}|>{7}|\|{7}) /,
    message: 'A merge was left half done. Settle it and remove the marks.',
  },
];

const isText = /\.(?:ts|tsx|mjs|cjs|js|json|jsonc|md|css|html|ya?ml|toml|sh|txt|svg)$|(?:^|\/)(?:\.[a-z]+|run)$/;

/**
 * @param {string} root
 * @param {readonly string[]} files
 * @returns {Problem[]}
 */
export function findUnwantedWords(root, files) {
  return files
    .filter((file) => isText.test(file))
    .flatMap((file) => {
      const lines = readFileSync(path.join(root, file), 'utf8').split('\n');
      return lines.flatMap((text, index) =>
        unwanted
          .filter(({ pattern }) => pattern.test(text))
          .map(({ rule, message }) => ({ file, line: index + 1, rule, message })),
      );
    });
}

/**
 * npm settings that must hold, and those that have no place in the repository.
 *
 * @param {string} text of .npmrc
 * @returns {{ line: number, rule: string, message: string }[]}
 */
export function findNpmSettingProblems(text) {
  const lines = text.split('\n').map((line) => line.trim());
  const problems = lines.flatMap((line, index) => {
    const key = line.split('=')[0]?.trim() ?? '';
    if (!/(^|:)registry$|^\/\/|_auth|_password|^(cert|key)(file)?$|proxy$/i.test(key)) return [];
    const message = 'Hosts and credentials belong to the machine. Remove the line.';
    return [{ line: index + 1, rule: 'npm-settings', message }];
  });
  if (lines.includes('ignore-scripts=true')) return problems;
  const message = 'Packages may run code while they are installed. Put back the line ignore-scripts=true.';
  return [...problems, { line: 1, rule: 'install-scripts', message }];
}
