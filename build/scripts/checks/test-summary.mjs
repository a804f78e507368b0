/**
 * @typedef {object} TestReport what vitest's JSON reporter writes
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {boolean} success
 * @property {{ name: string, status: string, message?: string, assertionResults: { status: string, fullName: string }[] }[]} testResults
 *
 * @typedef {object} ProjectRun
 * @property {string} name
 * @property {number} code exit status of the run
 * @property {boolean} timedOut
 * @property {TestReport | null} report null when the run ended without writing one
 *
 * @typedef {object} Count
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} failures what failed, a line each
 */

/** @type {Count} */
export const noneCounted = { passed: 0, failed: 0, skipped: 0, failures: [] };

/**
 * Something other than a test that went wrong.
 *
 * @param {string} failure
 * @returns {Count}
 */
export function countFailure(failure) {
  return { passed: 0, failed: 1, skipped: 0, failures: [failure] };
}

/**
 * Counts the tests of one project. A run that ended badly counts as a failure even where every test in it passed:
 * a file that could not be loaded, an error outside of any test, a crash, a run without a report.
 *
 * @param {ProjectRun} run
 * @returns {Count}
 */
export function countProject({ name, code, timedOut, report }) {
  if (report === null) {
    const what = timedOut ? 'did not end in time' : `ended with status ${code} and without a report`;
    return countFailure(`${name}: the test run ${what}`);
  }
  const failures = report.testResults.flatMap((file) => {
    const failed = file.assertionResults.filter((test) => test.status === 'failed');
    // A file that fails without a failed test could not be loaded, or failed in a hook.
    if (file.status === 'failed' && failed.length === 0) return [`${name}: ${file.name} could not be run`];
    return failed.map((test) => `${name}: ${test.fullName}`);
  });
  if (timedOut) failures.push(`${name}: the test run did not end in time`);
  else if (code !== 0 && failures.length === 0) {
    failures.push(`${name}: all tests passed, but the run ended with status ${code} (an error outside of any test)`);
  }
  return { passed: report.numPassedTests, failed: failures.length, skipped: report.numPendingTests, failures };
}

/**
 * @param {readonly import('./steps.mjs').StepResult[]} steps
 * @returns {Count}
 */
export function countSteps(steps) {
  const failures = steps.filter((step) => !step.passed).map((step) => `check: ${step.name}`);
  return { passed: 0, failed: failures.length, skipped: 0, failures };
}

/**
 * The sum, which is never green when no test ran.
 *
 * @param {readonly Count[]} counts
 * @returns {Count}
 */
export function addCounts(counts) {
  const failures = counts.flatMap((count) => count.failures);
  const passed = sum(counts.map((count) => count.passed));
  if (passed === 0 && failures.length === 0) failures.push('no test ran');
  return { passed, failed: failures.length, skipped: sum(counts.map((count) => count.skipped)), failures };
}

/**
 * What the whole run says at its end; the last line is the one that programs read.
 *
 * @param {Count} count
 */
export function describeCount({ passed, failed, skipped, failures }) {
  return [
    ...(failures.length === 0 ? [] : ['', 'Failed:', ...failures.map((failure) => `  ${failure}`)]),
    ...(skipped === 0 ? [] : [`${skipped} skipped`]),
    `${passed} passed, ${failed} failed`,
  ].join('\n');
}

/** @param {readonly number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
