import type { MemoryReading } from '../ports.ts';

/** Kibibytes, as Electron's `process.getSystemMemoryInfo` counts. */
export interface SystemMemory {
  readonly total: number;
  readonly free: number;
  /** Linux: what may be allocated without swapping. */
  readonly available?: number;
  /** macOS: memory that only mirrors files, and memory that may be thrown away; both are given up under pressure. */
  readonly fileBacked?: number;
  readonly purgeable?: number;
}

/**
 * Memory that can still be taken without swapping. `free` alone is not it: macOS keeps nearly everything in use as a
 * cache of files, so a Mac with half of its memory to spare reports a few hundred megabytes free.
 * `constrainedBytes` is a limit set on this process from outside, or 0.
 */
export function readDesktopMemory(
  system: SystemMemory,
  process: { readonly constrainedBytes: number; readonly residentBytes: number },
  platform: NodeJS.Platform,
): MemoryReading {
  const reclaimable = platform === 'darwin' ? (system.fileBacked ?? 0) + (system.purgeable ?? 0) : 0;
  const totalBytes = system.total * 1024;
  const availableBytes = Math.min((system.available ?? system.free + reclaimable) * 1024, totalBytes);
  const limit = process.constrainedBytes;
  // Without a limit Node answers 0 or a number far beyond any memory.
  if (limit <= 0 || limit >= totalBytes) return { totalBytes, availableBytes };
  return { totalBytes: limit, availableBytes: Math.max(0, Math.min(availableBytes, limit - process.residentBytes)) };
}
