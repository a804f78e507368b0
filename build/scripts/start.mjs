import { spawn } from 'node:child_process';
import path from 'node:path';

import { ensureBuilt } from './setup/built.mjs';
import { chooseHost, findDisplay, without } from './setup/choose-host.mjs';
import { fetchElectronBinary, tryElectronBinary } from './setup/electron-binary.mjs';
import { ensureInstalled } from './setup/install.mjs';
import { environmentForNode24, findNode24 } from './setup/node24.mjs';
import { ensureStarterModel } from './setup/placeholder-model.mjs';
import { repository, runScript, SetupError } from './setup/repository.mjs';
import { exitStatus, forwardSignals } from './setup/run-process.mjs';
import { planStart, startHelp } from './setup/start-flags.mjs';

/** Where the person typed the command; npm changes to the package's folder first. */
const from =
  process.env['npm_lifecycle_event'] === undefined ? process.cwd() : (process.env['INIT_CWD'] ?? process.cwd());

await runScript(async () => {
  const plan = planStart(process.argv.slice(2), from);
  if (plan.show === 'help') {
    console.log(startHelp);
    return 0;
  }
  if (plan.problem !== undefined) throw new SetupError(`${plan.problem}\n\n${startHelp}`);
  await ensureInstalled();
  await ensureBuilt();
  await ensureStarterModel();
  const binary = await findDesktop(plan.headless);
  return binary === null
    ? runHost(findNode24(), [path.join(repository, 'dist/headless/headless.js'), ...plan.forwarded])
    : runHost(binary, [repository, ...plan.forwarded]);
});

/**
 * The Electron binary to start, or null for the headless host, with the one line that says why.
 *
 * @param {boolean} headlessAsked
 */
async function findDesktop(headlessAsked) {
  const binary = tryElectronBinary();
  let choice = chooseHost({
    headlessAsked,
    platform: process.platform,
    hasDisplay: findDisplay(process.platform, process.env),
    hasElectron: binary !== null,
    isRoot: process.getuid?.() === 0,
  });
  if (choice.host === 'fetch-then-desktop') {
    const fetched = await fetchElectronBinary();
    if ('binary' in fetched) return fetched.binary;
    choice = without(`the Electron binary could not be fetched (${fetched.failure})`);
  }
  if (choice.host === 'desktop') return binary;
  if (choice.host === 'headless' && choice.because !== null) console.log(choice.because);
  return null;
}

/**
 * Runs the host until it ends, on our terminal; its exit status becomes ours.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
function runHost(command, args) {
  const environment = environmentForNode24();
  delete environment['ELECTRON_RUN_AS_NODE'];
  if (environment['CLAWDBOT_HOME']) environment['CLAWDBOT_HOME'] = path.resolve(from, environment['CLAWDBOT_HOME']);
  // Compiled code is kept beside the build, so that the next start need not compile it again.
  environment['NODE_COMPILE_CACHE'] ??= path.join(repository, 'dist/.compile-cache');
  const child = spawn(command, args, { cwd: from, env: environment, stdio: 'inherit' });
  forwardSignals(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(exitStatus(code, signal)));
  });
}
