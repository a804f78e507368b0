/**
 * @typedef {object} Surroundings
 * @property {boolean} headlessAsked
 * @property {string} platform
 * @property {boolean} hasDisplay a screen that a window can be shown on
 * @property {boolean} hasElectron its binary is here
 * @property {boolean} isRoot
 */

/**
 * @typedef {{ host: 'desktop' } | { host: 'fetch-then-desktop' } | { host: 'headless', because: string | null }} HostChoice
 */

/**
 * Which host `npm start` starts. `because` is the one line that says why there is no window, null where none was
 * wanted.
 *
 * @param {Surroundings} surroundings
 * @returns {HostChoice}
 */
export function chooseHost({ headlessAsked, platform, hasDisplay, hasElectron, isRoot }) {
  if (headlessAsked) return { host: 'headless', because: null };
  if (platform === 'darwin') return hasElectron ? { host: 'desktop' } : { host: 'fetch-then-desktop' };
  if (platform !== 'linux') return without(`the desktop app is not made for ${platform} yet`);
  if (!hasDisplay) return without('there is no display here');
  if (!hasElectron) return without('the Electron binary is not installed ("npx install-electron --no" fetches it)');
  if (isRoot) return without('Electron does not run as root');
  return { host: 'desktop' };
}

/**
 * @param {string} reason
 * @returns {HostChoice}
 */
export function without(reason) {
  return { host: 'headless', because: `No window, because ${reason}: starting the headless host.` };
}

/**
 * Whether a window could be shown. A Mac that is reached over SSH has a window server only while somebody is logged
 * in, which its own app finds out.
 *
 * @param {string} platform
 * @param {NodeJS.ProcessEnv} environment
 */
export function findDisplay(platform, environment) {
  return platform !== 'linux' || Boolean(environment['DISPLAY']) || Boolean(environment['WAYLAND_DISPLAY']);
}
