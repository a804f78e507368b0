import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

import { createCore } from '../../electron/core.ts';
import type { Engine } from '../../electron/engine/engine.ts';
import { createFakeEngine } from '../fakes/fake-engine.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { createPorts } from '../rpc/core-under-test.ts';
import { tempFolder } from './headless-under-test.ts';

const key = new Uint8Array(32).fill(7);
const createEngine = () => createFakeEngine({ scripts: {} });

test('what was stored is there after the core was ended and built again', async () => {
  const ports = createPorts(tempFolder(), key, silentLog);
  const first = await createCore(ports, { createEngine });
  const made = first.chat.create('Kept');
  await first[Symbol.asyncDispose]();
  const second = await createCore(ports, { createEngine });
  expect(second.chat.list(null, 10).conversations).toEqual([made]);
  await second[Symbol.asyncDispose]();
});

test('one data directory belongs to one core, which can say where it is', async () => {
  const ports = createPorts(tempFolder(), key, silentLog);
  const core = await createCore(ports, { createEngine });
  core.announce('http://127.0.0.1:1/');
  await expect(createCore(ports, { createEngine })).rejects.toMatchObject({
    code: 'DATA_DIRECTORY_IN_USE',
    data: { processId: process.pid, url: 'http://127.0.0.1:1/' },
  });
  await core[Symbol.asyncDispose]();
  await (await createCore(ports, { createEngine }))[Symbol.asyncDispose]();
});

test('a part that cannot be built leaves nothing held', async () => {
  const data = tempFolder();
  const ports = createPorts(data, key, silentLog);
  await (await createCore(ports, { createEngine }))[Symbol.asyncDispose]();
  const wrongKey = createPorts(data, new Uint8Array(32).fill(8), silentLog);
  await expect(createCore(wrongKey, { createEngine })).rejects.toMatchObject({ code: 'DATABASE_KEY_WRONG' });
  writeFileSync(path.join(data, 'settings.json'), '{"theme":"purple"}');
  await expect(createCore(ports, { createEngine })).rejects.toMatchObject({ code: 'SETTINGS_INVALID' });
  writeFileSync(path.join(data, 'settings.json'), '{}');
  await (await createCore(ports, { createEngine }))[Symbol.asyncDispose]();
});

test('a part that fails to end does not keep the others from it', async () => {
  const ports = createPorts(tempFolder(), key, silentLog);
  const stubborn = (): Engine => {
    const engine = createEngine();
    return {
      ...engine,
      state: engine.state,
      residents: engine.residents,
      memoryBytes: engine.memoryBytes,
      async [Symbol.asyncDispose]() {
        await engine[Symbol.asyncDispose]();
        throw new Error('the engine would not end');
      },
    };
  };
  const core = await createCore(ports, { createEngine: stubborn });
  await expect(core[Symbol.asyncDispose]()).rejects.toThrow('the engine would not end');
  await (await createCore(ports, { createEngine }))[Symbol.asyncDispose]();
});
