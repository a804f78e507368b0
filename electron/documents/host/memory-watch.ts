import { Worker } from 'node:worker_threads';

import { memoryLimitLine } from '../../../shared/model/documents/extraction-protocol.ts';

const intervalMs = 50;

/**
 * Ends this process when it holds more memory than it may. A thread of its own, because a document that eats memory
 * rarely lets go of the main one; the reason is left on stderr, where whoever started the process looks for it.
 */
export function watchMemory(): (limitBytes: number) => void {
  const limit = new BigInt64Array(new SharedArrayBuffer(8));
  const worker = new Worker(`(${watch.toString()})()`, {
    eval: true,
    workerData: { limit, intervalMs, line: memoryLimitLine },
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1, stackSizeMb: 1 },
  });
  worker.unref();
  return (limitBytes) => void Atomics.store(limit, 0, BigInt(limitBytes));
}

/** Runs in the thread, from its source: nothing of this module is in reach. */
function watch(): void {
  const { workerData } = process.getBuiltinModule('node:worker_threads');
  const { writeSync } = process.getBuiltinModule('node:fs');
  setInterval(() => {
    const limitBytes = Number(Atomics.load(workerData.limit, 0));
    if (limitBytes === 0 || process.memoryUsage.rss() <= limitBytes) return;
    writeSync(2, `${workerData.line}\n`);
    process.kill(process.pid, 'SIGKILL');
  }, workerData.intervalMs);
}
