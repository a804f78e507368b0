import { afterEach, describe, expect, test } from 'vitest';
import type { Engine } from '../../electron/engine/engine.ts';
import {
  createLlamaEngine,
  defaultRestartDelayMs,
  type LlamaEngineOptions,
} from '../../electron/engine/llama-engine.ts';
import type { EngineHostProcess } from '../../electron/ports.ts';
import { createFakeHost, type FakeHost, type FakeScript } from '../fakes/fake-engine-host.ts';
import { fakeModel } from '../fakes/fake-engine.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { ask, nextState, once, recitalText, user } from '../suites/engine-asking.ts';

const model = fakeModel('reciter');
const text = recitalText('word', 50);
const scripts: Record<string, FakeScript> = { reciter: { reply: text } };
const open: Engine[] = [];

afterEach(async () => {
  for (const engine of open.splice(0)) await engine[Symbol.asyncDispose]();
});

function engineWith(spawnEngineHost: () => EngineHostProcess, options: Partial<LlamaEngineOptions> = {}): Engine {
  const engine = createLlamaEngine({
    spawnEngineHost,
    memory: () => ({ totalBytes: 8e9, availableBytes: 8e9 }),
    clock: { now: () => Date.now() },
    log: silentLog,
    restartDelayMs: () => 0,
    ...options,
  });
  open.push(engine);
  return engine;
}

/** An engine whose hosts can be spoken through. */
function withHosts(options: Partial<LlamaEngineOptions> = {}): {
  engine: Engine;
  host: () => FakeHost;
  hosts: FakeHost[];
} {
  const hosts: FakeHost[] = [];
  const engine = engineWith(() => {
    const host = createFakeHost(scripts);
    hosts.push(host);
    return host;
  }, options);
  const host = (): FakeHost => {
    const last = hosts.at(-1);
    if (!last) throw new Error('No host was started.');
    return last;
  };
  return { engine, host, hosts };
}

test('nothing is started before it is needed', async () => {
  const { engine, hosts } = withHosts();
  expect(engine.state).toEqual({ kind: 'off' });
  engine.languageModel(model);
  expect(hosts).toHaveLength(0);
  await engine.load(model);
  expect(hosts).toHaveLength(1);
});

test('a host that never gets ready is given up with a reason', async () => {
  const hosts: FakeHost[] = [];
  const engine = engineWith(
    () => {
      const host = createFakeHost(scripts, { quiet: true });
      hosts.push(host);
      return host;
    },
    { startTimeoutMs: 20 },
  );
  await expect(engine.load(model)).rejects.toMatchObject({
    code: 'ENGINE_UNAVAILABLE',
    data: { reason: expect.stringContaining('ready in time') },
  });
  expect(hosts.map((host) => host.alive)).toEqual([false]);
  expect(engine.state).toMatchObject({ kind: 'crashed', crashes: 1 });
});

test('a host that says it cannot run is believed', async () => {
  const engine = engineWith(() => {
    const host = createFakeHost(scripts, { quiet: true });
    setImmediate(() => host.say({ type: 'unavailable', reason: 'No binary for this machine.' }));
    return host;
  });
  await expect(engine.load(model)).rejects.toMatchObject({
    code: 'ENGINE_UNAVAILABLE',
    data: { reason: 'No binary for this machine.' },
  });
});

test('a host that cannot be started at all fails the question, not the app', async () => {
  const engine = engineWith(() => {
    throw new Error('spawn ENOENT');
  });
  const answer = await ask(engine.languageModel(model), [user('Hello')]);
  expect(answer.error).toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
  expect(engine.state).toMatchObject({ kind: 'crashed', reason: 'spawn ENOENT', crashes: 1 });
});

test('nonsense is dropped, and a host that speaks nothing else is ended', async () => {
  const { engine, host } = withHosts();
  await engine.load(model);
  for (const nonsense of [null, 7, 'text', {}, { type: 'text' }, { type: 'loaded', id: 'one' }]) host().say(nonsense);
  expect((await ask(engine.languageModel(model), [user('Hello')])).text).toBe(text);
  const answer = await ask(engine.languageModel(model), [user('Hello')], {
    onPart: once(
      (part) => part.type === 'text-delta',
      () => {
        for (let count = 0; count < 200; count += 1) host().say({ type: 'nonsense', count });
      },
    ),
  });
  expect(answer.error).toMatchObject({ code: 'ENGINE_CRASHED', data: { reason: 'it sent unreadable reports' } });
  expect((await ask(engine.languageModel(model), [user('Hello')])).text).toBe(text);
});

test('lies about other requests change nothing', async () => {
  const { engine, host } = withHosts();
  await engine.load(model);
  const answer = await ask(engine.languageModel(model), [user('Hello')], {
    onPart: once(
      (part) => part.type === 'text-delta',
      () => {
        host().say({ type: 'text', id: 4242, text: 'a lie', tokens: 1, atMs: 1 });
        host().say({ type: 'loaded', id: 4242, contextTokens: 1, memoryBytes: 1 });
        host().say({ type: 'ready' });
        // The question is the second request; the load was the first.
        host().say({ type: 'loading', id: 2, fraction: 0.5 });
        host().say({ type: 'unloaded', id: 2 });
      },
    ),
  });
  expect(answer.error).toBeUndefined();
  expect(answer.text).toBe(text);
  expect([...engine.residents.keys()]).toEqual([model.id]);
});

test('a host that floods is ended instead of filling the memory', async () => {
  const { engine, host } = withHosts();
  await engine.load(model);
  const { stream } = await engine.languageModel(model).doStream({ prompt: [user('Hello')] });
  const id = await new Promise<number>((resolve) => {
    const look = (): void => {
      const asked = host().requests.find((request) => request.type === 'generate');
      if (asked) resolve(asked.id);
      else setImmediate(look);
    };
    look();
  });
  for (let count = 0; count < 300_000 && host().alive; count += 1) {
    host().say({ type: 'text', id, text: 'x', tokens: 1, atMs: 1 });
  }
  expect(host().alive).toBe(false);
  await stream.cancel();
});

test('an answer that was given up is stopped in the host', async () => {
  const { engine, host } = withHosts();
  const { stream } = await engine.languageModel(model).doStream({ prompt: [user('Hello')], includeRawChunks: false });
  const reader = stream.getReader();
  while ((await reader.read()).value?.type !== 'text-delta');
  await reader.cancel();
  const asked = host().requests.find((request) => request.type === 'generate');
  await new Promise((resolve) => setImmediate(resolve));
  expect(host().requests).toContainEqual({ type: 'abort', id: asked?.id });
});

test('crashes in a row are counted until an answer succeeds, and each start waits longer', async () => {
  const waits: number[] = [];
  const { engine, host } = withHosts({
    restartDelayMs(crashes) {
      waits.push(crashes);
      return 0;
    },
  });
  const crash = async (): Promise<Engine['state']> => {
    await engine.load(model);
    const crashed = nextState(engine, 'crashed');
    host().crash('SIGABRT');
    return (await crashed).state;
  };
  expect(await crash()).toEqual({
    kind: 'crashed',
    reason: 'Its process ended (signal SIGABRT).',
    crashes: 1,
    returning: true,
  });
  expect(await crash()).toMatchObject({ crashes: 2 });
  await ask(engine.languageModel(model), [user('Hello')]);
  expect(await crash()).toMatchObject({ crashes: 1 });
  await engine.load(model);
  expect(waits).toEqual([1, 2, 1]);
});

describe('a process that ended by itself', () => {
  test('is started again three times at most, and then it is said why it was in vain', async () => {
    const hosts: FakeHost[] = [];
    const engine = engineWith(() => {
      const quiet = hosts.length > 0;
      const started = createFakeHost(scripts, { quiet });
      hosts.push(started);
      if (quiet) setImmediate(() => started.crash('SIGABRT'));
      return started;
    });
    await engine.load(model);
    const gaveUp = new Promise<Engine['state']>((resolve) => {
      engine.onChange(() => {
        if (engine.state.kind === 'crashed' && !engine.state.returning) resolve(engine.state);
      });
    });
    hosts[0]?.crash('SIGSEGV');
    expect(await gaveUp).toEqual({
      kind: 'crashed',
      reason: 'Its process ended (signal SIGABRT). It was started again 3 times and did not stay.',
      crashes: 4,
    });
    expect(hosts).toHaveLength(4);
    expect(hosts.filter(({ alive }) => alive)).toEqual([]);
    // A person who asks has it tried once more, and is told when that is in vain.
    await expect(engine.load(model)).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
    expect(hosts).toHaveLength(5);
  });

  test('is not started again for ever when it only ever gets ready', async () => {
    const { engine, hosts } = withHosts();
    await engine.load(model);
    const gaveUp = new Promise<void>((resolve) => {
      engine.onChange(() => {
        if (engine.state.kind === 'ready') hosts.at(-1)?.crash('SIGSEGV');
        if (engine.state.kind === 'crashed' && !engine.state.returning) resolve();
      });
    });
    hosts[0]?.crash('SIGSEGV');
    await gaveUp;
    expect(hosts).toHaveLength(4);
    expect(engine.state).toMatchObject({ kind: 'crashed', reason: expect.stringContaining('3 times') });
  });

  test('is not started again when it is ended on purpose', async () => {
    const { engine, hosts } = withHosts();
    await engine.load(model);
    await engine[Symbol.asyncDispose]();
    expect(hosts).toHaveLength(1);
    expect(engine.state).toEqual({ kind: 'off' });
  });

  test('has its models again, the one used last first, but none in the place of one that is waited for', async () => {
    const other = fakeModel('other');
    scripts['other'] = { reply: 'Hello.' };
    const { engine, host, hosts } = withHosts();
    await engine.load(model);
    await engine.load(other);
    await ask(engine.languageModel(model), [user('Hello')]);
    const back = new Promise<void>((resolve) => {
      engine.onChange(() => {
        const loaded = [...engine.residents.values()].filter(({ kind }) => kind === 'loaded');
        if (hosts.length === 2 && loaded.length === 2) resolve();
      });
    });
    host().crash('SIGSEGV');
    await back;
    const loads = host().requests.flatMap((request) => (request.type === 'load' ? [request.model.id] : []));
    expect(loads).toEqual([model.id, other.id]);
  });

  test('brings back only the model used last when memory ran out', async () => {
    const other = fakeModel('other');
    scripts['other'] = { reply: 'Hello.' };
    const { engine, host, hosts } = withHosts();
    await engine.load(model);
    await engine.load(other);
    await ask(engine.languageModel(model), [user('Hello')]);
    const ready = new Promise<void>((resolve) => {
      engine.onChange(() => {
        if (hosts.length === 2 && engine.residents.get(model.id)?.kind === 'loaded') resolve();
      });
    });
    host().crash('SIGKILL');
    await ready;
    expect([...engine.residents.keys()]).toEqual([model.id]);
  });
});

test('the wait before a start grows and has an end', () => {
  expect([1, 2, 3, 4, 50].map(defaultRestartDelayMs)).toEqual([0, 500, 1000, 2000, 10_000]);
});

test('a crash while a model is loading fails the load', async () => {
  const { engine, host } = withHosts();
  const loading = engine.load(model);
  const end = engine.onChange(() => {
    if (engine.residents.has(model.id) && engine.state.kind === 'ready') host().crash();
  });
  await expect(loading).rejects.toMatchObject({ code: 'ENGINE_CRASHED' });
  end();
  expect(engine.residents.size).toBe(0);
  await engine.load(model);
  expect([...engine.residents.keys()]).toEqual([model.id]);
});

test('a listener that throws is logged and disturbs nobody', async () => {
  const logged: string[] = [];
  const { engine } = withHosts({ log: { ...silentLog, error: (_, message) => void logged.push(message) } });
  engine.onChange(() => {
    throw new Error('mine');
  });
  expect((await ask(engine.languageModel(model), [user('Hello')])).text).toBe(text);
  expect(logged).toContain('A listener of the engine failed.');
});

test('a host that does not end when it is asked is killed', async () => {
  const hosts: FakeHost[] = [];
  const engine = engineWith(
    () => {
      const host = createFakeHost(scripts);
      hosts.push(host);
      return { ...host, send: (request) => request.type !== 'shutdown' && host.send(request) };
    },
    { stopTimeoutMs: 10 },
  );
  await engine.load(model);
  await engine[Symbol.asyncDispose]();
  expect(hosts.map((host) => host.alive)).toEqual([false]);
});
