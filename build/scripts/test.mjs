import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { describeStep, runChecks } from './checks/steps.mjs';
import {
  addCounts,
  countFailure,
  countProject,
  countSteps,
  describeCount,
  noneCounted,
} from './checks/test-summary.mjs';
import { ensureBuilt } from './setup/built.mjs';
import { ensureChromium } from './setup/chromium.mjs';
import { ensureInstalled } from './setup/install.mjs';
import { environmentForNode24, findNode24, toolPath } from './setup/node24.mjs';
import { ensureStarterModel } from './setup/placeholder-model.mjs';
import { seconds } from './setup/progress.mjs';
import { repository, SetupError } from './setup/repository.mjs';
import { runProcess } from './setup/run-process.mjs';

const projects = ['unit', 'browser'];
const projectLimitMs = 20 * 60_000;

/** `npm test -- chat` runs the test files with "chat" in their path, and no checks. */
const filter = process.argv.slice(2);

process.exitCode = await runAll();

async function runAll() {
  const counts = [];
  try {
    await phase('dependencies', ensureInstalled);
    const chromium = await phase('browser', ensureChromium);
    const built = await phase('build', tryBuild);
    counts.push(built);
    if (filter.length === 0) {
      const steps = await phase('checks', () => runChecks((result) => console.log(describeStep(result))));
      counts.push(countSteps(steps));
    }
    // Without a build the tests would run against what was built before.
    for (const name of built.failed === 0 ? projects : []) {
      counts.push(await phase(`${name} tests`, async () => countProject(await runProject(name, chromium))));
    }
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    counts.push(countFailure(error.message));
  }
  const total = addCounts(counts);
  console.log(describeCount(total));
  return total.failed === 0 ? 0 : 1;
}

async function tryBuild() {
  try {
    await ensureBuilt();
    await ensureStarterModel();
    return noneCounted;
  } catch (error) {
    if (error instanceof SetupError) return countFailure(error.message);
    throw error;
  }
}

/**
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function phase(name, work) {
  console.log(`\n== ${name}`);
  const startedMs = Date.now();
  try {
    return await work();
  } finally {
    console.log(`== ${name}: ${seconds(Date.now() - startedMs)}`);
  }
}

/**
 * @param {string} name
 * @param {string} chromium
 * @returns {Promise<import('./checks/test-summary.mjs').ProjectRun>}
 */
async function runProject(name, chromium) {
  const reportFile = path.join(repository, 'test-results', `${name}.json`);
  mkdirSync(path.dirname(reportFile), { recursive: true });
  // A report of an earlier run must not be taken for this one's.
  rmSync(reportFile, { force: true });
  const args = ['run', '--project', name, '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  // With a filter, one of the projects may have nothing to run; without one, that would be a mistake.
  const filtered = filter.length > 0 ? ['--passWithNoTests', ...filter] : [];
  const { code, timedOut } = await runProcess(findNode24(), [toolPath('vitest/vitest.mjs'), ...args, ...filtered], {
    cwd: repository,
    env: { ...environmentForNode24(), CHROME_PATH: chromium },
    inherit: true,
    limitMs: projectLimitMs,
  });
  return { name, code, timedOut, report: tryReadReport(reportFile) };
}

/**
 * @param {string} file
 * @returns {import('./checks/test-summary.mjs').TestReport | null}
 */
function tryReadReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
