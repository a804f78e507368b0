/**
 * @typedef {{ dependencies?: Record<string, string>, optionalDependencies?: Record<string, string>, dev?: boolean }} LockEntry
 */

/**
 * The folders of node_modules that an app needs at run time, as the lock file has them: those of the packages that
 * are not bundled, and of everything these depend on.
 *
 * @param {Readonly<Record<string, LockEntry>>} packages `packages` of package-lock.json
 * @param {readonly string[]} loadedAtRunTime names of packages
 * @returns {Set<string>} such as `node_modules/a/node_modules/b`
 */
export function neededModules(packages, loadedAtRunTime) {
  /** @type {Set<string>} */
  const needed = new Set();
  /** @type {(from: string, names: readonly string[]) => void} */
  const add = (from, names) => {
    for (const name of names) {
      const folder = findModule(packages, from, name);
      if (folder === undefined || needed.has(folder)) continue;
      needed.add(folder);
      const entry = packages[folder];
      add(folder, Object.keys({ ...entry?.dependencies, ...entry?.optionalDependencies }));
    }
  };
  add('', loadedAtRunTime);
  return needed;
}

/**
 * Folders of node_modules that would be packaged although the bundle holds their code already.
 *
 * @param {Readonly<Record<string, LockEntry>>} packages
 * @param {readonly string[]} loadedAtRunTime
 * @returns {string[]}
 */
export function bundledModules(packages, loadedAtRunTime) {
  const needed = neededModules(packages, loadedAtRunTime);
  return Object.keys(packages)
    .filter((folder) => folder.startsWith('node_modules/') && packages[folder]?.dev !== true)
    .filter((folder) => ![...needed].some((kept) => kept === folder || kept.startsWith(`${folder}/`)));
}

/**
 * Where Node would find a package from a folder: beside it, or further up.
 *
 * @param {Readonly<Record<string, LockEntry>>} packages
 * @param {string} from
 * @param {string} name
 * @returns {string | undefined} undefined for an optional package that this platform does not have
 */
function findModule(packages, from, name) {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf('/node_modules/')))) {
    const folder = base === '' ? `node_modules/${name}` : `${base}/node_modules/${name}`;
    if (Object.hasOwn(packages, folder)) return folder;
    if (base === '') return undefined;
  }
}
