import { PassThrough } from 'node:stream';
import { afterEach, expect, test, vi } from 'vitest';

import { followOutput } from '../../electron/lib/follow-output.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test('what was written right before is known, what was written long before is not', async () => {
  const nowMs = vi.spyOn(performance, 'now').mockReturnValue(0);
  const stream = new PassThrough();
  const lastLines = followOutput([stream, null], createRecordingLog());
  const write = (text: string): Promise<unknown> => new Promise((resolve) => stream.write(text, resolve));
  await write('out of memory\n');
  nowMs.mockReturnValue(60_000);
  await write(Array.from({ length: 300 }, (_, index) => `frame ${index}\n`).join(''));
  expect(lastLines()).toHaveLength(100);
  expect(lastLines().at(-1)).toBe('frame 299');
  nowMs.mockReturnValue(120_000);
  expect(lastLines()).toEqual([]);
});

test('the log gets the beginning of much', async () => {
  const log = createRecordingLog();
  const stream = new PassThrough();
  followOutput([stream], log);
  await new Promise((resolve) => stream.write('line\n'.repeat(10_000), resolve));
  expect(log.entries.length).toBeLessThan(300);
  expect(log.entries.at(-1)?.message).toContain('says too much');
});
