import { existsSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';

import { fingerprint, isCurrent, recordMade } from './fingerprint.mjs';
import { environmentForNode24, findNode24, toolPath } from './node24.mjs';
import { createProgress } from './progress.mjs';
import { repository, SetupError } from './repository.mjs';
import { lastLines, runProcess } from './run-process.mjs';

const build = {
  root: repository,
  record: 'dist/.built',
  sources: ['electron', 'renderer', 'shared', 'vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json'],
  outputs: [
    'dist/renderer/index.html',
    'dist/main/main.js',
    'dist/preload/preload.cjs',
    'dist/headless/headless.js',
    'dist/engine/host.js',
    'dist/documents/host.js',
    'dist/checker/checker.js',
  ],
};

/**
 * Builds everything when a source changed since the last build.
 *
 * @param {{ force?: boolean }} [options]
 * @throws {SetupError} with what the build said
 */
export async function ensureBuilt({ force = false } = {}) {
  if (!force && isCurrent(build)) return;
  const digest = fingerprint(repository, build.sources);
  const progress = createProgress();
  progress.update('Building');
  const ticking = setInterval(() => progress.update('Building'), 1000);
  const result = await runVite(['build', '--app']);
  clearInterval(ticking);
  progress.clear();
  if (result.code !== 0) {
    throw new SetupError(`The build failed:\n\n${whatViteSaid(result.output)}\n\nMend what it names and run it again.`);
  }
  const absent = build.outputs.filter((file) => !existsSync(path.join(repository, file)));
  if (absent.length > 0) throw new SetupError(`The build ended without making ${absent.join(', ')}.`);
  recordMade(repository, build.record, digest);
  progress.done('Built');
}

/**
 * What Vite says about a failed build, without what it built before and where in itself it noticed.
 *
 * @param {string} output
 */
export function whatViteSaid(output) {
  const lines = stripVTControlCharacters(output).split('\n');
  const start = lines.findIndex((line) => line.startsWith('error during build'));
  const said = lines
    .slice(start + 1)
    .filter((line) => !/^\s+at .*node_modules|^\s*errors: \[Getter|^Build failed with|^\}$/.test(line));
  return lastLines(said.join('\n'), 30);
}

/**
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [environment] additions
 */
export function runVite(args, environment = {}) {
  return runProcess(findNode24(), [toolPath('vite/bin/vite.js'), ...args], {
    cwd: repository,
    env: { ...environmentForNode24(), NO_COLOR: '1', ...environment },
  });
}
