import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { forkEngineHost } from '../../electron/engine/fork-engine-host.ts';
import type { EngineExit } from '../../electron/ports.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { hostModulePath, openModelFolder, openRealEngine, processIsAlive } from './real-models.ts';

let folder: Awaited<ReturnType<typeof openModelFolder>>;
beforeAll(async () => {
  folder = await openModelFolder();
});
afterAll(async () => {
  await folder[Symbol.asyncDispose]();
});

async function script(name: string, source: string): Promise<string> {
  const file = path.join(folder.path, name);
  await writeFile(file, source);
  return file;
}

const nobody = { id: 'm', name: 'M', path: '/nowhere', weightsBytes: 1, kvBytesPerToken: 1, trainedContextTokens: 512 };

test('a module that is not there is an engine that cannot be started', async () => {
  const modulePath = path.join(folder.path, 'absent.mjs');
  await using engine = openRealEngine({ spawnEngineHost: () => forkEngineHost({ modulePath, log: silentLog }) });
  await expect(engine.load(nobody)).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
});

test('what the process prints is logged, but not without end', async () => {
  const modulePath = await script(
    'loud.mjs',
    `for (let i = 0; i < 5000; i += 1) console.error('line ' + i); process.exit(3);`,
  );
  const lines: string[] = [];
  const log = { ...silentLog, debug: (fields: object) => void lines.push(JSON.stringify(fields)) };
  const host = forkEngineHost({ modulePath, log });
  const exit = await new Promise<EngineExit>((resolve) => host.onExit(resolve));
  expect(exit).toMatchObject({ code: 3, signal: null });
  expect(exit.lastLines?.length).toBeGreaterThan(0);
  expect(exit.lastLines?.length).toBeLessThanOrEqual(100);
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.length).toBeLessThanOrEqual(200);
  host.send({ type: 'shutdown' });
});

test('what it said last is heard before its end', async () => {
  const modulePath = await script(
    'last-words.mjs',
    `let left = 500;
     const sent = () => { if (--left === 0) process.kill(process.pid, 'SIGKILL'); };
     for (let i = 0; i < 500; i += 1) process.send({ type: 'memory', residentBytes: i }, sent);`,
  );
  const host = forkEngineHost({ modulePath, log: silentLog });
  let heard = 0;
  host.onReport(() => void (heard += 1));
  expect(await new Promise((resolve) => host.onExit(resolve))).toMatchObject({ code: null, signal: 'SIGKILL' });
  expect(heard).toBe(500);
});

test('llama.cpp gets one thread of the pool, or it makes a pool of its own for each call', async () => {
  const modulePath = await script(
    'environment.mjs',
    `process.send(process.env.UV_THREADPOOL_SIZE); process.disconnect();`,
  );
  const host = forkEngineHost({ modulePath, log: silentLog });
  expect(await new Promise((resolve) => host.onReport(resolve))).toBe('1');
});

test('the process ends when the one that started it is gone', async () => {
  const parent = await script(
    'parent.mjs',
    `import { fork } from 'node:child_process';
     const child = fork(${JSON.stringify(hostModulePath)}, [], { serialization: 'advanced' });
     child.on('message', () => console.log(child.pid));
     setInterval(() => {}, 1000);`,
  );
  const running = spawn(process.execPath, [parent], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line]: unknown[] = await once(createInterface({ input: running.stdout }), 'line');
  const processId = Number(line);
  expect(processIsAlive(processId)).toBe(true);
  running.kill('SIGKILL');
  await expect.poll(() => processIsAlive(processId), { timeout: 20_000 }).toBe(false);
});
