import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

import {
  addCounts,
  countFailure,
  countProject,
  countSteps,
  describeCount,
  noneCounted,
} from '../../build/scripts/checks/test-summary.mjs';
import { smallTree } from './small-tree.ts';

const repository = path.resolve(import.meta.dirname, '../..');

/** Runs vitest for real on a folder of tests, the way `npm test` does. */
function runTests(contents: Readonly<Record<string, string>>): ReturnType<typeof countProject> {
  using tree = smallTree({ 'package.json': '{"type":"module"}', ...contents });
  symlinkSync(path.join(repository, 'node_modules'), path.join(tree.root, 'node_modules'));
  const reportFile = path.join(tree.root, 'report.json');
  const vitest = path.join(repository, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--root', tree.root, '--reporter=json', `--outputFile.json=${reportFile}`];
  const { status } = spawnSync(process.execPath, args, { cwd: tree.root, encoding: 'utf8' });
  const report = existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, 'utf8')) : null;
  return countProject({ name: 'unit', code: status ?? 1, timedOut: false, report });
}

const passing = "import { expect, it } from 'vitest';\nit('adds', () => expect(1 + 1).toBe(2));\n";

describe('a real run', () => {
  it('of passing tests is counted', () => {
    expect(runTests({ 'a.test.js': passing })).toEqual({ passed: 1, failed: 0, skipped: 0, failures: [] });
  });

  it('with a failing test names it', () => {
    const failing = "import { expect, it } from 'vitest';\nit('subtracts', () => expect(2 - 1).toBe(2));\n";
    const count = runTests({ 'a.test.js': passing, 'b.test.js': failing });
    expect(count).toMatchObject({ passed: 1, failed: 1, failures: ['unit: subtracts'] });
  });

  it('with a file that cannot be loaded is not green', () => {
    const count = runTests({ 'a.test.js': passing, 'b.test.js': "throw new Error('on load');" });
    expect(count).toMatchObject({ passed: 1, failed: 1 });
    expect(count.failures[0]).toContain('b.test.js');
  });

  it('with an error outside of any test is not green', () => {
    const late = `${passing}it('starts something', () => { setTimeout(() => { throw new Error('late'); }, 0); return new Promise((r) => setTimeout(r, 50)); });`;
    const count = runTests({ 'a.test.js': late });
    expect(count.failed).toBe(1);
    expect(count.failures[0]).toContain('outside of any test');
  });

  it('whose process ends in the middle is not green', () => {
    const count = runTests({
      'a.test.js': `${passing}it('ends it all', () => process.reallyExit(0));`,
      'b.test.js': passing,
    });
    expect(count.failed).toBeGreaterThan(0);
  });

  it('with a test file but no test in it is not green', () => {
    expect(runTests({ 'a.test.js': 'export {};' }).failed).toBeGreaterThan(0);
  });

  it('without a test file is not green', () => {
    expect(runTests({ 'notes.txt': '' }).failed).toBeGreaterThan(0);
  });
});

describe('the sum', () => {
  it('counts a run without a report, and one that took too long, as failed', () => {
    expect(countProject({ name: 'browser', code: 134, timedOut: false, report: null }).failures).toEqual([
      expect.stringContaining('status 134'),
    ]);
    expect(countProject({ name: 'browser', code: 143, timedOut: true, report: null }).failures).toEqual([
      expect.stringContaining('in time'),
    ]);
  });

  it('counts each failed check as one', () => {
    const step = (name: string, passed: boolean) => ({ name, says: '', passed, output: '', elapsedMs: 1 });
    expect(countSteps([step('types', false), step('lint', true), step('format', false)])).toMatchObject({
      passed: 0,
      failed: 2,
    });
  });

  it('is never green when nothing ran', () => {
    expect(addCounts([])).toMatchObject({ passed: 0, failed: 1, failures: ['no test ran'] });
    expect(addCounts([noneCounted, noneCounted])).toMatchObject({ failed: 1 });
  });

  it('adds up', () => {
    const tests = { passed: 5, failed: 1, skipped: 2, failures: ['unit: x'] };
    expect(addCounts([tests, countFailure('check: types'), { ...noneCounted, passed: 3 }])).toEqual({
      passed: 8,
      failed: 2,
      skipped: 2,
      failures: ['unit: x', 'check: types'],
    });
  });

  it('ends with the line that programs read', () => {
    const text = describeCount({ passed: 8, failed: 1, skipped: 2, failures: ['unit: x'] });
    expect(text.split('\n').at(-1)).toBe('8 passed, 1 failed');
    expect(text).toContain('unit: x');
    expect(describeCount({ ...noneCounted, passed: 8 })).toBe('8 passed, 0 failed');
  });
});
