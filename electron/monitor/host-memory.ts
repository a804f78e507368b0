import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';

import type { MemoryReading } from '../ports.ts';
import { availableFromMeminfo, availableFromVmStat, availableWithinGroup, memoryGroups } from './memory-reports.ts';

/**
 * So long a reading is used: a program is started for each on macOS, and elsewhere files are read, which one question
 * would do three times before it reaches the model.
 */
const readingMs = { darwin: 5_000, other: 100 };

/**
 * Reads the memory of this machine from plain Node, within the limit of a container. Node's own figure misleads: on
 * macOS it leaves out everything that caches files, in a container it counts that as used.
 */
export function createMemoryReader(platform: NodeJS.Platform): () => MemoryReading {
  let last: { reading: MemoryReading; atMs: number } | undefined;
  return () => {
    const keptMs = platform === 'darwin' ? readingMs.darwin : readingMs.other;
    if (last === undefined || performance.now() - last.atMs > keptMs) {
      last = { reading: read(platform), atMs: performance.now() };
    }
    return last.reading;
  };
}

function read(platform: NodeJS.Platform): MemoryReading {
  const totalBytes = os.totalmem();
  const availableBytes = Math.min(totalBytes, availableOf(platform) ?? process.availableMemory());
  let reading: MemoryReading = { totalBytes, availableBytes };
  for (const { limit, current, stat } of memoryGroups(tryRead('/proc/self/cgroup'))) {
    const limitBytes = Number.parseInt(tryRead(limit), 10);
    // Without a limit it says `max`, or a number far beyond any memory.
    if (!(limitBytes < totalBytes)) continue;
    const within = availableWithinGroup(limitBytes, tryRead(current), tryRead(stat)) ?? process.availableMemory();
    reading = {
      totalBytes: Math.min(reading.totalBytes, limitBytes),
      availableBytes: Math.max(0, Math.min(reading.availableBytes, within)),
    };
  }
  return reading;
}

function availableOf(platform: NodeJS.Platform): number | undefined {
  if (platform === 'linux') return availableFromMeminfo(tryRead('/proc/meminfo'));
  if (platform !== 'darwin') return undefined;
  try {
    return availableFromVmStat(execFileSync('/usr/bin/vm_stat', { encoding: 'utf8', timeout: 1_000 }));
  } catch {
    return undefined;
  }
}

function tryRead(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
