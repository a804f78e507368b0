import { existsSync } from 'node:fs';
import path from 'node:path';

import { environmentForNode24, findNode24, toolPath } from '../setup/node24.mjs';
import { seconds } from '../setup/progress.mjs';
import { repository } from '../setup/repository.mjs';
import { runProcess } from '../setup/run-process.mjs';

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} says what it looks for
 * @property {readonly string[]} args script and arguments for Node 24
 */

/** @param {string} name */
const ownScript = (name) => path.join(repository, 'build/scripts', name);

/** Rules that need types come with a companion package; without it oxlint runs the others. */
function lintArguments() {
  const withTypes = existsSync(toolPath('oxlint-tsgolint')) ? ['--type-aware'] : [];
  return [toolPath('oxlint/bin/oxlint'), '--deny-warnings', ...withTypes];
}

/**
 * The longest first, so that two cores end at about the same time. Asked for only once everything is installed.
 *
 * @returns {readonly Step[]}
 */
function checkSteps() {
  return [
    { name: 'unused', says: 'unused files, exports and dependencies', args: [toolPath('knip/bin/knip.js')] },
    {
      name: 'types',
      says: 'types, of the scripts too',
      args: [toolPath('typescript/bin/tsc'), '--noEmit', '--project', path.join(repository, 'tsconfig.json')],
    },
    { name: 'layers', says: 'who imports whom, cycles, sizes, names', args: [ownScript('check-layers.mjs')] },
    { name: 'lint', says: 'lint', args: lintArguments() },
    { name: 'format', says: 'format', args: [toolPath('oxfmt/bin/oxfmt'), '--check'] },
    { name: 'links', says: 'links in the documents', args: [ownScript('check-links.mjs')] },
    { name: 'repository', says: 'lock file, npm settings, words', args: [ownScript('check-repository.mjs')] },
    { name: 'licences', says: 'licences of what ships', args: [ownScript('check-licences.mjs')] },
  ];
}

/** @typedef {{ name: string, says: string, passed: boolean, output: string, elapsedMs: number }} StepResult */

/**
 * Runs all steps, two at a time, whatever the others say.
 *
 * @param {(result: StepResult) => void} onResult called as each ends
 * @param {readonly Step[]} [steps]
 * @returns {Promise<StepResult[]>}
 */
export async function runChecks(onResult, steps = checkSteps()) {
  const waiting = [...steps];
  /** @type {StepResult[]} */
  const results = [];
  const worker = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const startedMs = Date.now();
      const { code, output } = await runProcess(findNode24(), step.args, {
        cwd: repository,
        env: { ...environmentForNode24(), NO_COLOR: '1' },
      });
      const { name, says } = step;
      const result = { name, says, passed: code === 0, output: output.trimEnd(), elapsedMs: Date.now() - startedMs };
      results.push(result);
      onResult(result);
    }
  };
  await Promise.all([worker(), worker()]);
  return results;
}

/** @param {StepResult} result */
export function describeStep(result) {
  const line = `${result.passed ? 'passed' : 'FAILED'}  ${result.name.padEnd(10)} ${result.says}, ${seconds(result.elapsedMs)}`;
  return result.passed ? line : `${line}\n\n${indent(result.output || '(it said nothing)')}\n`;
}

/** @param {readonly StepResult[]} results */
export function summariseSteps(results) {
  const failed = results.filter((result) => !result.passed).map((result) => result.name);
  return failed.length === 0
    ? `All ${results.length} checks passed.`
    : `${failed.length} of ${results.length} checks failed: ${failed.join(', ')}.`;
}

/** @param {string} text */
function indent(text) {
  return text.replaceAll(/^(?=.)/gm, '    ');
}
