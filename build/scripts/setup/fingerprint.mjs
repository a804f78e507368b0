import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * A digest of the names and contents of files and folders below `root`. Contents rather than times: a checkout
 * changes times without changing a word, and an edit within the same second changes words but not times.
 *
 * @param {string} root
 * @param {readonly string[]} entries files or folders; absent ones count as absent
 */
export function fingerprint(root, entries) {
  const hash = createHash('sha256');
  for (const entry of entries) {
    for (const file of filesBelow(root, entry)) {
      hash.update(`${file}\0`).update(
        createHash('sha256')
          .update(readFileSync(path.join(root, file)))
          .digest(),
      );
    }
  }
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string} entry
 * @returns {string[]}
 */
function filesBelow(root, entry) {
  const absolute = path.join(root, entry);
  if (!existsSync(absolute)) return [];
  if (statSync(absolute).isFile()) return [entry];
  const names = readdirSync(absolute).filter((name) => name !== '.DS_Store');
  return names.toSorted().flatMap((name) => filesBelow(root, `${entry}/${name}`));
}

/**
 * Whether the outputs were made from the sources as they are now.
 *
 * @param {{ root: string, record: string, sources: readonly string[], outputs: readonly string[] }} made
 */
export function isCurrent({ root, record, sources, outputs }) {
  const recordFile = path.join(root, record);
  if (![record, ...outputs].every((file) => existsSync(path.join(root, file)))) return false;
  return readFileSync(recordFile, 'utf8').trim() === fingerprint(root, sources);
}

/**
 * Remembers what the outputs were made from. Takes the digest from before the work, so that an edit during it is
 * noticed by the next run.
 *
 * @param {string} root
 * @param {string} record
 * @param {string} digest
 */
export function recordMade(root, record, digest) {
  mkdirSync(path.dirname(path.join(root, record)), { recursive: true });
  writeFileSync(path.join(root, record), `${digest}\n`);
}
