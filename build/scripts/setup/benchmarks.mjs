import { existsSync } from 'node:fs';
import path from 'node:path';

/** The names are fixed, so that results can be compared over time. */
const benchmarks = [
  'turn',
  'engine',
  'starter',
  'context',
  'store',
  'import',
  'campaign',
  'documents',
  'library',
  'router',
  'privacy',
  'plugins',
  'desktop',
];

/**
 * The benchmarks that are written, each a file of its name in test/bench.
 *
 * @param {string} folder
 */
export function listBenchmarks(folder) {
  return benchmarks.filter((name) => existsSync(path.join(folder, `${name}.ts`)));
}

/**
 * @param {readonly string[]} args
 * @param {readonly string[]} written
 * @returns {{ run: string, args: string[] } | { list: string } | { problem: string }}
 */
export function planBench(args, written) {
  const [name, ...rest] = args;
  const list = `Benchmarks: ${written.join(', ') || '(none yet)'}\n\nUsage: npm run bench -- NAME [--json] [--quick]`;
  if (name === undefined || name === '--help') return { list };
  if (written.includes(name)) return { run: name, args: rest };
  return { problem: `There is no benchmark "${name}".\n\n${list}` };
}
