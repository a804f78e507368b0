import { expect, test } from 'vitest';

import { createMemoryReader } from '../../electron/monitor/host-memory.ts';
import {
  availableFromMeminfo,
  availableFromVmStat,
  availableWithinGroup,
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
