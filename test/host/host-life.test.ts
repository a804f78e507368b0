import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const script = path.resolve(import.meta.dirname, 'host-life-child.ts');

async function start(kind: string, patienceMs = 60_000) {
  const child = spawn(process.execPath, [script, kind, String(patienceMs)], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const closed = once(child, 'close');
  while (!output.stdout.includes('started\n')) await once(child.stdout, 'data');
  return {
    child,
    async ended() {
      await closed;
      return { code: child.exitCode, signal: child.signalCode, ...output };
    },
  };
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s puts everything in order and ends with 0', async (signal) => {
  const { child, ended } = await start('obeys');
  child.kill(signal);
  const { code, stdout, stderr } = await ended();
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('in order');
});

test('the same signal twice at once is one keystroke, not impatience', async () => {
  const { child, ended } = await start('obeys');
  child.kill('SIGINT');
  child.kill('SIGTERM');
  const { code, stdout } = await ended();
  expect(code).toBe(0);
  expect(stdout).toContain('in order');
});

test('an impatient second signal ends a host that hangs', async () => {
  const { child, ended } = await start('hangs');
  const again = setInterval(() => child.kill('SIGINT'), 100);
  const { code, stdout } = await ended();
  clearInterval(again);
  expect(code).toBe(130);
  expect(stdout).not.toContain('in order');
});

test('a host that hangs ends all the same, and says so', async () => {
  const { child, ended } = await start('hangs', 100);
  child.kill('SIGTERM');
  const { code, stdout } = await ended();
  expect(code).toBe(1);
  expect(stdout).toContain('log error: not everything could be ended in time');
});

test('what cannot be put in order is an error', async () => {
  const { child, ended } = await start('fails');
  child.kill('SIGTERM');
  const { code, stdout } = await ended();
  expect(code).toBe(1);
  expect(stdout).toContain('log error: not everything could be ended');
});

test.each(['rejects', 'throws'])(
  'an error that nobody caught is logged and told, and the host ends in order (%s)',
  async (kind) => {
    const { ended } = await start(kind);
    const { code, stdout, stderr } = await ended();
    expect(code).toBe(1);
    expect(stdout).toContain('log error: an unexpected error ended the host');
    expect(stdout).toContain('in order');
    expect(stderr).toMatch(/nobody caught this\n.*\/data\/logs\/clawdbot\.log/);
  },
);
