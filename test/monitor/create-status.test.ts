import { expect, test } from 'vitest';

import { createEmitter } from '../../electron/lib/emitter.ts';
import { createStatus } from '../../electron/monitor/create-status.ts';
import type { AppStatus, EngineState } from '../../shared/contract/index.ts';

function createStatusUnderTest(gaps: { leastGapMs: number; sampleEveryMs: number }) {
  const changes = createEmitter<void>();
  const engine = { state: { kind: 'off' } satisfies EngineState as EngineState, memoryBytes: null as number | null };
  const memory = { totalBytes: 16e9, availableBytes: 8e9 };
  let readings = 0;
  const meaning: { problem?: string } = {};
  const status = createStatus({
    appVersion: '1.2.3',
    host: 'headless',
    platform: 'linux',
    dataDirectory: '/data',
    engine: {
      get state() {
        return engine.state;
      },
      get memoryBytes() {
        return engine.memoryBytes;
      },
      onChange: (listener) => changes.listen(listener),
    },
    adaptations: { history: [], onChange: () => () => undefined },
    memory: () => {
      readings += 1;
      return memory;
    },
    hostBytes: () => 100e6,
    meaningProblem: () => meaning.problem,
    ...gaps,
  });
  return {
    status,
    meaning,
    memory,
    engine,
    changes,
    readings: () => readings,
    become(state: EngineState) {
      engine.state = state;
      changes.emit();
    },
  };
}

async function take(source: AsyncIterable<AppStatus>, count: number): Promise<AppStatus[]> {
  const taken: AppStatus[] = [];
  for await (const status of source) {
    taken.push(status);
    if (taken.length === count) break;
  }
  return taken;
}

test('a watcher hears the state now and each later change', async () => {
  const { status, become } = createStatusUnderTest({ leastGapMs: 0, sampleEveryMs: 3_600_000 });
  const events = status.watch(new AbortController().signal)[Symbol.asyncIterator]();
  expect((await events.next()).value).toEqual({
    engine: { kind: 'off' },
    memory: { totalBytes: 16e9, availableBytes: 8e9, hostBytes: 100e6, engineBytes: null },
  });
  become({ kind: 'starting' });
  expect((await events.next()).value?.engine).toEqual({ kind: 'starting' });
  become({ kind: 'ready', processId: 7 });
  expect((await events.next()).value?.engine).toEqual({ kind: 'ready', processId: 7 });
});

test('many changes in a row become one announcement with the newest state', async () => {
  const { status, become } = createStatusUnderTest({ leastGapMs: 300, sampleEveryMs: 3_600_000 });
  const taken = take(status.watch(new AbortController().signal), 2);
  become({ kind: 'starting' });
  become({ kind: 'ready', processId: 7 });
  become({ kind: 'crashed', reason: 'It ended.', crashes: 1 });
  expect((await taken).map(({ engine }) => engine.kind)).toEqual(['off', 'crashed']);
});

test('memory is told when it moved, not for noise', async () => {
  const { status, memory } = createStatusUnderTest({ leastGapMs: 0, sampleEveryMs: 5 });
  const events = status.watch(new AbortController().signal)[Symbol.asyncIterator]();
  await events.next();
  memory.availableBytes -= 1_000;
  const next = events.next();
  memory.availableBytes -= 1e9;
  expect((await next).value?.memory.availableBytes).toBe(7e9 - 1_000);
});

test('two watchers both hear of a change that the second one saw first', async () => {
  const { status, engine } = createStatusUnderTest({ leastGapMs: 0, sampleEveryMs: 3_600_000 });
  const first = status.watch(new AbortController().signal)[Symbol.asyncIterator]();
  await first.next();
  engine.state = { kind: 'starting' };
  await take(status.watch(new AbortController().signal), 1);
  const second = status.watch(new AbortController().signal)[Symbol.asyncIterator]();
  expect((await second.next()).value?.engine.kind).toBe('starting');
  expect((await first.next()).value?.engine.kind).toBe('starting');
});

test('nothing is looked at while nobody watches', async () => {
  const { status, changes, readings } = createStatusUnderTest({ leastGapMs: 0, sampleEveryMs: 1 });
  expect(changes.size).toBe(0);
  const ended = new AbortController();
  const watching = take(status.watch(ended.signal), 100);
  expect(changes.size).toBe(1);
  ended.abort();
  await watching;
  expect(changes.size).toBe(0);
  const before = readings();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(readings()).toBe(before);
});

test('it says once that documents are searched by their words only, and no longer when they are not', async () => {
  const { status, meaning, changes } = createStatusUnderTest({ leastGapMs: 0, sampleEveryMs: 3_600_000 });
  const events = status.watch(new AbortController().signal)[Symbol.asyncIterator]();
  expect((await events.next()).value.meaningProblem).toBeUndefined();
  meaning.problem = 'It is not there.';
  changes.emit();
  expect((await events.next()).value.meaningProblem).toBe('It is not there.');
  delete meaning.problem;
  changes.emit();
  expect('meaningProblem' in (await events.next()).value).toBe(false);
});
