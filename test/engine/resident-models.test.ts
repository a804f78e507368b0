import { afterEach, expect, test } from 'vitest';
import type { Engine } from '../../electron/engine/engine.ts';
import { createLlamaEngine, type LlamaEngineOptions } from '../../electron/engine/llama-engine.ts';
import type { EngineHostProcess } from '../../electron/ports.ts';
import { createFakeHost, type FakeHost, type FakeScript } from '../fakes/fake-engine-host.ts';
import { fakeModel } from '../fakes/fake-engine.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { ask, once, recitalText, user } from '../suites/engine-asking.ts';

const text = recitalText('word', 50);
const scripts: Record<string, FakeScript> = {
  one: { reply: text },
  two: { reply: text },
  // Long enough that it never ends by itself before it is overtaken.
  endless: { reply: text, loadMs: 60_000 },
};
const open: Engine[] = [];

afterEach(async () => {
  for (const engine of open.splice(0)) await engine[Symbol.asyncDispose]();
});

function withHost(options: Partial<LlamaEngineOptions> = {}, onReport?: (report: unknown) => void) {
  const hosts: FakeHost[] = [];
  const engine = createLlamaEngine({
    spawnEngineHost(): EngineHostProcess {
      const host = createFakeHost(scripts);
      hosts.push(host);
      const listen = (listener: (report: unknown) => void): void =>
        host.onReport((report) => {
          listener(report);
          onReport?.(report);
        });
      return { ...host, onReport: listen };
    },
    memory: () => ({ totalBytes: 8e9, availableBytes: 8e9 }),
    clock: { now: () => Date.now() },
    log: silentLog,
    restartDelayMs: () => 0,
    ...options,
  });
  open.push(engine);
  const requests = () => hosts.flatMap((host) => host.requests);
  const asked = (type: string) => requests().filter((request) => request.type === type).length;
  return { engine, requests, asked };
}

function changed(engine: Engine, passes: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!passes()) return;
      end();
      resolve();
    };
    const end = engine.onChange(look);
    look();
  });
}

test('a model that is unloaded in the moment its load ends is not loaded again', async () => {
  const { engine, asked } = withHost();
  const unloads: Promise<void>[] = [];
  const end = engine.onChange(() => {
    if (engine.residents.get('one')?.kind === 'loaded' && unloads.length === 0) unloads.push(engine.unload('one'));
  });
  await engine.load(fakeModel('one'));
  end();
  await Promise.all(unloads);
  expect(unloads).toHaveLength(1);
  expect(asked('load')).toBe(1);
  expect(engine.residents.size).toBe(0);
});

test('a model that is unloaded between its last byte and the news of it is cancelled, and leaves nothing behind', async () => {
  const { engine, asked } = withHost({}, (report) => {
    if (typeof report === 'object' && report !== null && 'type' in report && report.type === 'loaded') {
      void engine.unload('one');
    }
  });
  await expect(engine.load(fakeModel('one'))).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(asked('load')).toBe(1);
  expect(asked('unload')).toBe(1);
  expect(engine.residents.size).toBe(0);
});

test('a question gets its answer when its model is unloaded in the moment the load ends', async () => {
  const { engine, asked } = withHost();
  const end = engine.onChange(() => {
    if (engine.residents.get('one')?.kind === 'loaded') void engine.unload('one');
  });
  expect((await ask(engine.languageModel(fakeModel('one')), [user('Hello')])).text).toBe(text);
  end();
  await changed(engine, () => engine.residents.size === 0);
  expect(asked('load')).toBe(1);
});

test('what is loaded ahead makes way for the model that somebody waits for', async () => {
  const { engine } = withHost();
  const ahead = engine.load(fakeModel('endless'), undefined, 'ahead');
  await changed(engine, () => engine.residents.has('endless') && engine.state.kind === 'ready');
  await Promise.all([expect(ahead).rejects.toMatchObject({ code: 'CANCELLED' }), engine.load(fakeModel('one'))]);
  expect([...engine.residents.keys()]).toEqual(['one']);
});

test('what is loaded ahead and then needed is not begun again, nor overtaken any more', async () => {
  const { engine, asked } = withHost();
  const ahead = engine.load(fakeModel('one'), undefined, 'ahead');
  const needed = engine.load(fakeModel('one'));
  await Promise.all([ahead, needed, engine.load(fakeModel('two'))]);
  expect(asked('load')).toBe(2);
  expect([...engine.residents.keys()]).toEqual(['one', 'two']);
});

test('nothing leaves for what is loaded ahead', async () => {
  let availableBytes = 8e9;
  const { engine } = withHost({ memory: () => ({ totalBytes: 8e9, availableBytes }) });
  await engine.load(fakeModel('one'));
  availableBytes = 0;
  await expect(engine.load(fakeModel('two'), undefined, 'ahead')).rejects.toMatchObject({ code: 'OUT_OF_MEMORY' });
  expect([...engine.residents.keys()]).toEqual(['one']);
});

test('an idle model leaves when its time is over, and the chosen and the pinned one stay', async () => {
  let nowMs = 0;
  const { engine } = withHost({ clock: { now: () => nowMs } });
  scripts['three'] = { reply: text };
  for (const id of ['one', 'two', 'three']) await engine.load(fakeModel(id));
  nowMs = 600_000;
  engine.keep({ chosenId: 'one', pinnedIds: ['two'], idleUnloadMs: 600_000 });
  await changed(engine, () => !engine.residents.has('three'));
  expect([...engine.residents.keys()]).toEqual(['one', 'two']);
});

test('a model is let go by itself when it was idle long enough', async () => {
  const { engine } = withHost();
  engine.keep({ chosenId: null, pinnedIds: [], idleUnloadMs: 5 });
  expect((await ask(engine.languageModel(fakeModel('one')), [user('Hello')])).text).toBe(text);
  await changed(engine, () => engine.residents.size === 0);
});

const effort = { parallel: 2, batchTokens: 128, threadShare: 0.5, backgroundPaused: true };

test('under critical pressure idle models leave at once, and one that answers stays', async () => {
  const { engine } = withHost();
  await engine.load(fakeModel('one'));
  const answer = await ask(engine.languageModel(fakeModel('two')), [user('Hello')], {
    onPart: once(
      (part) => part.type === 'text-delta',
      () => engine.adjust({ effort, pressure: 'critical' }),
    ),
  });
  expect(answer.text).toBe(text);
  await changed(engine, () => engine.residents.size === 0);
});

test('a process that is started later is told how hard it may work', async () => {
  const { engine, requests } = withHost();
  engine.adjust({ effort, pressure: 'none' });
  expect(requests()).toEqual([]);
  await engine.load(fakeModel('one'));
  expect(requests()[0]).toEqual({ type: 'limit', effort });
});
