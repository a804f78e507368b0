import { forkProcess } from '../../lib/fork-process.ts';
import type { ExtractionHostProcess, Log } from '../../ports.ts';

export interface ForkOptions {
  /** The host's module: the built one, or its source where Node strips types itself. */
  readonly modulePath: string;
  readonly log: Log;
}

/** What a child of Node cannot do without; keys and tokens of other programs are none of its business. */
const passedOn = /^(?:PATH|HOME|LANG|LC_[A-Z]+|TZ|TMPDIR|LD_LIBRARY_PATH|NODE_V8_COVERAGE)$/;

/** The process that reads documents as a child of plain Node, which may read files and nothing else. */
export function forkExtractionHost({ modulePath, log }: ForkOptions): ExtractionHostProcess {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => passedOn.test(name)));
  return forkProcess({
    modulePath,
    log,
    env,
    execArgv: [
      // No files are written, no programs are started and no native code is loaded, whatever a document makes it do.
      '--permission',
      '--allow-fs-read=*',
      // The thread that watches the memory.
      '--allow-worker',
      '--disable-warning=PERM0006',
      '--disallow-code-generation-from-strings',
      '--max-old-space-size=320',
      '--max-semi-space-size=4',
    ],
  });
}
