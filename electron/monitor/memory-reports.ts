/** Bytes that `/proc/meminfo` says may be taken without swapping; undefined when it does not say. */
export function availableFromMeminfo(report: string): number | undefined {
  const kibibytes = /^MemAvailable:\s+(\d+) kB$/m.exec(report)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}

/**
 * Bytes that macOS can give without swapping, from the output of `vm_stat`: free pages, and those that only mirror
 * files or were offered for the taking.
 */
export function availableFromVmStat(report: string): number | undefined {
  const pageBytes = /page size of (\d+) bytes/.exec(report)?.[1];
  const pages = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)\\.$`, 'm').exec(report)?.[1] ?? NaN);
  const available = pages('Pages free') + pages('File-backed pages') + pages('Pages purgeable');
  return pageBytes === undefined || Number.isNaN(available) ? undefined : available * Number(pageBytes);
}

/**
 * Bytes left of a control group's limit (cgroup v2: `memory.current`, `memory.stat`). What caches files counts as used
 * there but is given up first.
 */
export function availableWithinGroup(limitBytes: number, current: string, stat: string): number | undefined {
  const usedBytes = /^\d+\s*$/.test(current) ? Number(current) : undefined;
  const cacheBytes = ['active_file', 'inactive_file']
    .map((name) => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(stat)?.[1] ?? 0))
    .reduce((sum, bytes) => sum + bytes, 0);
  return usedBytes === undefined ? undefined : Math.max(0, limitBytes - usedBytes + Math.min(cacheBytes, usedBytes));
}
