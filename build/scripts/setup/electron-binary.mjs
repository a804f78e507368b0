import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { environmentForNode24, findNode24, toolPath } from './node24.mjs';
import { createProgress } from './progress.mjs';
import { repository } from './repository.mjs';
import { lastLines, runProcess } from './run-process.mjs';

/** The Electron binary, or null where it has not been fetched: it is not part of the npm package. */
export function tryElectronBinary() {
  const folder = toolPath('electron');
  try {
    const file = path.join(folder, 'dist', readFileSync(path.join(folder, 'path.txt'), 'utf8').trim());
    return existsSync(file) ? file : null;
  } catch {
    return null;
  }
}

/**
 * Fetches the binary the way Electron's own package does at its first run.
 *
 * @returns {Promise<{ binary: string } | { failure: string }>}
 */
export async function fetchElectronBinary() {
  const progress = createProgress();
  const text = 'Fetching the Electron binary (about 110 MB, once)';
  progress.update(text);
  const ticking = setInterval(() => progress.update(text), 1000);
  const result = await runProcess(findNode24(), [toolPath('electron/install.js')], {
    cwd: repository,
    env: environmentForNode24(),
  });
  clearInterval(ticking);
  progress.clear();
  const binary = tryElectronBinary();
  if (result.code !== 0 || binary === null) return { failure: lastLines(result.output, 3) };
  progress.done('Fetched the Electron binary');
  return { binary };
}
