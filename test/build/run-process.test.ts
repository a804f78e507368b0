import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';

import { lastLines, runProcess } from '../../build/scripts/setup/run-process.mjs';

const module = path.resolve(import.meta.dirname, '../../build/scripts/setup/run-process.mjs');

it('gives the status and what was said, whole lines of both streams', async () => {
  const lines: string[] = [];
  const script =
    "process.stdout.write('one\\ntw'); process.stdout.write('o'); console.error('three'); process.exitCode = 3;";
  const result = await runProcess(process.execPath, ['-e', script], { onLine: (line) => lines.push(line) });
  expect(result).toMatchObject({ code: 3, timedOut: false });
  expect(lines.toSorted()).toEqual(['one', 'three', 'two']);
});

it('gives 127 and the reason for a program that is not there', async () => {
  const result = await runProcess('/nowhere/program', []);
  expect(result.code).toBe(127);
  expect(result.output).toContain('ENOENT');
});

it('ends a program that takes longer than its limit', async () => {
  const result = await runProcess(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { limitMs: 200 });
  expect(result).toMatchObject({ code: 143, timedOut: true });
});

it('leaves no child behind when this process is told to end, and tells that a signal ended it', async () => {
  const child = "process.on('SIGTERM', () => process.exit(0)); console.log(process.pid); setInterval(() => {}, 1000);";
  const parent = `import { runProcess } from ${JSON.stringify(module)};
    await runProcess(process.execPath, ['-e', ${JSON.stringify(child)}], { onLine: (line) => console.log(line) });`;
  const running = spawn(process.execPath, ['--input-type=module', '-e', parent], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(running.stdout), 'line')) as [string];
  const childId = Number(line);
  expect(() => process.kill(childId, 0)).not.toThrow();
  const exited = once(running, 'exit');
  running.kill('SIGINT');
  expect(await exited).toEqual([130, null]);
  expect(() => process.kill(childId, 0)).toThrow('ESRCH');
});

it('shows the end of long output', () => {
  expect(lastLines('1\n\n2\n3\n', 2)).toBe('2\n3');
});
