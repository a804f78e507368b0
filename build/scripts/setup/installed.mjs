/**
 * @typedef {object} LockEntry
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [optional]
 * @property {string | string[]} [os]
 * @property {string | string[]} [cpu]
 * @property {string | string[]} [libc]
 * @typedef {{ packages?: Record<string, LockEntry> }} Lock
 */

/**
 * Whether what npm installed is what the lock file asks for. npm writes its own record of what it did at the end of
 * an install (`node_modules/.package-lock.json`), so an install that broke off does not match either.
 *
 * @param {Lock} lock
 * @param {Lock | null} installed
 */
export function matchesLock(lock, installed) {
  const wanted = lock.packages ?? {};
  const present = installed?.packages ?? {};
  for (const [name, entry] of Object.entries(present)) {
    const asked = wanted[name];
    if (asked === undefined || asked.version !== entry.version || asked.integrity !== entry.integrity) return false;
  }
  return Object.entries(wanted).every(([name, entry]) => {
    // Optional packages of other platforms are left out by npm, and those the registry lacks may be.
    const expected = name.startsWith('node_modules/') && entry.optional !== true;
    return !expected || name in present;
  });
}

/**
 * How many folders of packages an install will bring on this platform, for showing how far it has come.
 *
 * @param {Lock} lock
 * @param {{ platform: string, arch: string }} machine
 */
export function countPackages(lock, { platform, arch }) {
  const entries = Object.entries(lock.packages ?? {});
  return entries.filter(([name, entry]) => {
    if (name.lastIndexOf('node_modules/') !== 0) return false;
    return suits(entry.os, platform) && suits(entry.cpu, arch) && suits(entry.libc, 'glibc');
  }).length;
}

/**
 * @param {string | string[] | undefined} allowed
 * @param {string} value
 */
function suits(allowed, value) {
  return allowed === undefined || [allowed].flat().includes(value);
}

const networkFailures =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|EHOSTUNREACH)\b/;

/**
 * What npm says about a failure, without how it is used and where its log is.
 *
 * @param {string} output
 */
export function whatNpmSaid(output) {
  const errors = output.split('\n').flatMap((line) => /^npm (?:error|ERR!) ?(.*)$/.exec(line)?.[1] ?? []);
  const usage = errors.findIndex((line) => /^(?:Usage:|Clean install a project)/.test(line));
  const noise = /^(?:\s*|A complete log .*|\s+at .*|\s+\w+: .*|\})$/;
  const said = (usage === -1 ? errors : errors.slice(0, usage)).filter((line) => !noise.test(line));
  return (said.length === 0 ? output.trim().split('\n').slice(-10) : said.slice(0, 15)).join('\n');
}

/**
 * What a person can do about a failed install.
 *
 * @param {string} output what npm said
 */
export function adviseOnFailure(output) {
  if (networkFailures.test(output)) {
    return (
      'The packages could not be fetched: this machine seems to be offline, or a proxy is in the way. ' +
      'Connect it (or set HTTPS_PROXY) and run the command again; once installed, no network is needed.'
    );
  }
  if (/\b(SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(GET|VERIFY)_\w+|CERT_\w+)\b/.test(output)) {
    return (
      'Something between this machine and the packages answers with a certificate that npm does not trust. ' +
      'Set NODE_EXTRA_CA_CERTS to the certificates of your network and run the command again.'
    );
  }
  if (/\bENOSPC\b/.test(output)) return 'The disk is full. Free about 1.5 GB and run the command again.';
  if (/\b(EACCES|EPERM|EROFS)\b/.test(output)) {
    return 'npm may not write here. Check who owns this folder and its node_modules, then run the command again.';
  }
  if (/\bEUSAGE\b/.test(output)) {
    return (
      'package.json and package-lock.json do not fit together. Check out a clean copy; if you changed package.json, ' +
      'run "npm install" once.'
    );
  }
  if (/\b(E404|ETARGET)\b/.test(output)) {
    return 'A locked package is missing where npm looks for packages. Check npm\'s "registry" setting on this machine.';
  }
  return 'Delete the folder node_modules and run the command again; if it fails the same way, report the lines above.';
}
