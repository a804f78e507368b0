import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';

import { ensureBuilt, runVite, whatViteSaid } from './setup/built.mjs';
import { ensureInstalled } from './setup/install.mjs';
import { environmentForNode24, findNode24, toolPath } from './setup/node24.mjs';
import { ensureStarterModel } from './setup/placeholder-model.mjs';
import { repository, runScript, SetupError } from './setup/repository.mjs';
import { exitStatus, forwardSignals, readLines, terminate } from './setup/run-process.mjs';
import { planStart } from './setup/start-flags.mjs';

const settleMs = 200;

await runScript(async () => {
  const plan = planStart(process.argv.slice(2), process.env['INIT_CWD'] ?? process.cwd());
  if (plan.problem !== undefined) throw new SetupError(plan.problem);
  await ensureInstalled();
  await ensureBuilt();
  await ensureStarterModel();
  const port = await freePort();
  const page = startPage(port);
  const host = createHost(port, plan.forwarded, page.address);
  host.restart();
  watchSources(async () => {
    console.log('Rebuilding the host');
    const result = await runVite(['build', '--app'], { CLAWDBOT_BUILD: 'headless,engine' });
    if (result.code === 0) host.restart();
    else console.log(`The host goes on as it was; the build failed:\n\n${whatViteSaid(result.output)}`);
  });
  const status = await page.ended;
  host.stop();
  return status;
});

/**
 * The page with hot reload. What it asks the host for goes through the same address, so that cookie and origin fit.
 *
 * @param {number} hostPort
 */
function startPage(hostPort) {
  const child = spawn(findNode24(), [toolPath('vite/bin/vite.js'), '--host', '127.0.0.1', '--clearScreen', 'false'], {
    cwd: repository,
    env: { ...environmentForNode24(), NO_COLOR: '1', CLAWDBOT_DEV_HOST: `http://127.0.0.1:${hostPort}` },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  forwardSignals(child);
  /** @type {(address: string) => void} */
  let found = () => {};
  /** @type {Promise<string>} */
  const address = new Promise((resolve) => (found = resolve));
  readLines(child.stdout, (line) => {
    const local = /(http:\/\/127\.0\.0\.1:\d+)\//.exec(line)?.[1];
    if (local === undefined) console.log(line);
    else found(local);
  });
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => {
    child.once('close', (code, signal) => resolve(exitStatus(code, signal)));
  });
  return { address, ended };
}

/**
 * @param {number} port
 * @param {readonly string[]} flags
 * @param {Promise<string>} pageAddress
 */
function createHost(port, flags, pageAddress) {
  // The page's own address is printed instead, and a port of their choice would be the page's.
  const own = ['--no-open', '--port', String(port)];
  const data = flags.includes('--data-dir') ? [] : ['--data-dir', path.join(repository, 'dist/dev-data')];
  /** @type {import('node:child_process').ChildProcess | null} */
  let running = null;
  let stopped = false;
  const start = () => {
    const script = path.join(repository, 'dist/headless/headless.js');
    const child = spawn(findNode24(), [script, ...flags, ...data, ...own], {
      cwd: repository,
      env: environmentForNode24(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running = child;
    const forwarding = forwardSignals(child);
    readLines(child.stdout, (line) => {
      // The links it prints lead to the page with hot reload instead of the one that was built.
      void pageAddress.then((address) => console.log(line.replaceAll(`http://127.0.0.1:${port}`, address)));
    });
    child.once('close', (code, signal) => {
      forwarding.stop();
      if (forwarding.received() !== null) return;
      const wanted = running !== child;
      if (wanted) {
        if (!stopped) start();
        return;
      }
      running = null;
      if (stopped) return;
      console.log(`The host ended with status ${exitStatus(code, signal)}; it starts again at the next change.`);
    });
  };
  /** Its `close` starts the next one. @param {import('node:child_process').ChildProcess} child */
  const replace = (child) => {
    running = null;
    terminate(child);
  };
  return {
    restart: () => (running === null ? start() : replace(running)),
    stop: () => {
      stopped = true;
      if (running !== null) terminate(running);
    },
  };
}

/** @param {() => Promise<void>} onChange */
function watchSources(onChange) {
  /** @type {NodeJS.Timeout | undefined} */
  let settling;
  let work = Promise.resolve();
  for (const folder of ['electron', 'shared']) {
    watch(path.join(repository, folder), { recursive: true, persistent: false }, () => {
      clearTimeout(settling);
      settling = setTimeout(() => {
        work = work.then(onChange);
      }, settleMs);
    });
  }
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
