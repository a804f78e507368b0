import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

import { createProgress } from './progress.mjs';
import { SetupError } from './repository.mjs';
import { lastLines, runProcess } from './run-process.mjs';

const commandNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * @typedef {object} Machine
 * @property {NodeJS.ProcessEnv} environment
 * @property {string} home
 * @property {(file: string) => boolean} isFile
 */

/**
 * @param {Machine} machine
 * @returns {{ path: string } | { problem: string } | null} null where there is none
 */
export function findChromium({ environment, home, isFile }) {
  const chosen = environment['CHROME_PATH'];
  if (chosen !== undefined && chosen !== '') {
    return isFile(chosen) ? { path: chosen } : { problem: `CHROME_PATH names ${chosen}, which is not a file.` };
  }
  const inPath = (environment['PATH'] ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const candidates = [
    ...usualPlaces,
    ...usualPlaces.filter((file) => file.startsWith('/Applications')).map((file) => path.join(home, file)),
    ...inPath.flatMap((folder) => commandNames.map((name) => path.join(folder, name))),
  ];
  const found = candidates.find((file) => isFile(file));
  return found === undefined ? null : { path: found };
}

/** @param {string} file */
function fileExists(file) {
  return existsSync(file) && statSync(file).isFile();
}

/**
 * The Chromium or Chrome for the browser tests; on Debian, as root, it is installed when it is missing.
 *
 * @returns {Promise<string>}
 * @throws {SetupError} with what to install
 */
export async function ensureChromium() {
  const machine = { environment: process.env, home: process.env['HOME'] ?? '/', isFile: fileExists };
  const found = findChromium(machine);
  if (found !== null && 'problem' in found) throw new SetupError(`${found.problem} Correct or unset it.`);
  if (found !== null) return found.path;
  if (!mayUseApt()) {
    throw new SetupError(
      'The browser tests need Chromium or Chrome, and none was found. Install one ' +
        `(${process.platform === 'darwin' ? '"brew install --cask chromium"' : '"sudo apt-get install chromium"'}), ` +
        'or set CHROME_PATH to its executable, and run the command again.',
    );
  }
  await installWithApt();
  const installed = findChromium(machine);
  if (installed === null || 'problem' in installed) {
    throw new SetupError('apt-get installed the package "chromium", but no executable came with it. Set CHROME_PATH.');
  }
  return installed.path;
}

function mayUseApt() {
  return process.platform === 'linux' && process.getuid?.() === 0 && fileExists('/usr/bin/apt-get');
}

async function installWithApt() {
  const progress = createProgress();
  const text = 'Installing Chromium for the browser tests (apt-get)';
  progress.update(text);
  const ticking = setInterval(() => progress.update(text), 1000);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  let output = '';
  // Chinese pages are looked at too; without a font they would be empty boxes.
  const install = ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'];
  for (const args of [['update'], install]) {
    const result = await runProcess('/usr/bin/apt-get', args, { env });
    output += result.output;
    if (result.code !== 0) {
      clearInterval(ticking);
      progress.clear();
      throw new SetupError(
        `Chromium could not be installed. apt-get said:\n\n${lastLines(output)}\n\n` +
          'Install Chromium by hand, or set CHROME_PATH to an executable, and run the command again.',
      );
    }
  }
  clearInterval(ticking);
  progress.done('Installed Chromium');
}
