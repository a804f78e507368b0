import { expect, test } from 'vitest';

import { createMemoryReader } from '../../electron/monitor/host-memory.ts';
import {
  availableFromMeminfo,
  availableFromVmStat,
  availableWithinGroup,
  memoryGroups,
} from '../../electron/monitor/memory-reports.ts';

test('Linux says itself what may be taken', () => {
  const report =
    'MemTotal:       16384000 kB\nMemFree:          512000 kB\nMemAvailable:    8192000 kB\nBuffers: 0 kB\n';
  expect(availableFromMeminfo(report)).toBe(8192000 * 1024);
  expect(availableFromMeminfo('')).toBeUndefined();
});

test('on macOS what only caches files may be taken too', () => {
  const report = [
    'Mach Virtual Memory Statistics: (page size of 16384 bytes)',
    'Pages free:                                1000.',
    'Pages active:                            300000.',
    'Pages purgeable:                            200.',
    'File-backed pages:                        30000.',
    '',
  ].join('\n');
  expect(availableFromVmStat(report)).toBe(31_200 * 16_384);
  expect(availableFromVmStat('vm_stat: no such thing')).toBeUndefined();
});

test('within a container, what caches files is not counted as used', () => {
  const stat = 'anon 300\ninactive_file 150\nactive_file 50\n';
  expect(availableWithinGroup(1_000, '600\n', stat)).toBe(600);
  expect(availableWithinGroup(1_000, '600\n', '')).toBe(400);
  expect(availableWithinGroup(1_000, '2000', '')).toBe(0);
  expect(availableWithinGroup(1_000, 'max', stat)).toBeUndefined();
});

test('this machine has memory, and not more of it free than there is', () => {
  const { totalBytes, availableBytes } = createMemoryReader(process.platform)();
  expect(totalBytes).toBeGreaterThan(100e6);
  expect(availableBytes).toBeGreaterThan(1e6);
  expect(availableBytes).toBeLessThanOrEqual(totalBytes);
});

test('a process may be limited by its control group or by any around it, of both versions', () => {
  const groups = memoryGroups('4:cpu,memory:/user/app\n1:cpu:/\n0::/system.slice/app.scope\n');
  expect(groups.map(({ limit }) => limit)).toEqual([
    '/sys/fs/cgroup/system.slice/app.scope/memory.max',
    '/sys/fs/cgroup/system.slice/memory.max',
    '/sys/fs/cgroup/memory.max',
    '/sys/fs/cgroup/memory/user/app/memory.limit_in_bytes',
    '/sys/fs/cgroup/memory/user/memory.limit_in_bytes',
    '/sys/fs/cgroup/memory/memory.limit_in_bytes',
  ]);
  expect(memoryGroups('')).toEqual([]);
  expect(memoryGroups('0::/../../elsewhere\n').map(({ limit }) => limit)[0]).toBe(
    '/sys/fs/cgroup/elsewhere/memory.max',
  );
});

test('version 1 counts the caches of groups within a group too', () => {
  const stat = 'inactive_file 1\nactive_file 2\ntotal_inactive_file 300\ntotal_active_file 200\n';
  expect(availableWithinGroup(2000, '1500', stat)).toBe(1000);
});
