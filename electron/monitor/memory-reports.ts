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

/** Where the limits of a control group are written. */
export interface GroupFiles {
  readonly limit: string;
  readonly current: string;
  readonly stat: string;
}

/**
 * The groups that `/proc/self/cgroup` says this process is in, and those around them; any of them may have a limit. In a
 * container only some are there.
 */
export function memoryGroups(report: string): GroupFiles[] {
  const root = '/sys/fs/cgroup';
  const first = /^\d+:(?:[^:\n]*,)?memory(?:,[^:\n]*)?:(\/.*)$/m.exec(report)?.[1];
  const second = /^0::(\/.*)$/m.exec(report)?.[1];
  const upwards = (path: string): string[] => {
    const names = path.split('/').filter((name) => name !== '' && name !== '..');
    return Array.from({ length: names.length + 1 }, (_, left) =>
      ['', ...names.slice(0, names.length - left)].join('/'),
    );
  };
  return [
    ...(second === undefined ? [] : upwards(second)).map((path) => ({
      limit: `${root}${path}/memory.max`,
      current: `${root}${path}/memory.current`,
      stat: `${root}${path}/memory.stat`,
    })),
    ...(first === undefined ? [] : upwards(first)).map((path) => ({
      limit: `${root}/memory${path}/memory.limit_in_bytes`,
      current: `${root}/memory${path}/memory.usage_in_bytes`,
      stat: `${root}/memory${path}/memory.stat`,
    })),
  ];
}

/**
 * Bytes left of a control group's limit (cgroup v2: `memory.current`, `memory.stat`). What caches files counts as used
 * there but is given up first.
 */
export function availableWithinGroup(limitBytes: number, current: string, stat: string): number | undefined {
  const usedBytes = /^\d+\s*$/.test(current) ? Number(current) : undefined;
  const cacheBytes = ['active_file', 'inactive_file']
    // Version 1 counts groups within this one under names of their own.
    .map((name) => ['total_', ''].flatMap((of) => new RegExp(`^${of}${name} (\\d+)$`, 'm').exec(stat)?.[1] ?? [])[0])
    .map((bytes) => Number(bytes ?? 0))
    .reduce((sum, bytes) => sum + bytes, 0);
  return usedBytes === undefined ? undefined : Math.max(0, limitBytes - usedBytes + Math.min(cacheBytes, usedBytes));
}
