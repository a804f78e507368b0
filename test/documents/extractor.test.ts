import path from 'node:path';

import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';

import type { ExtractorOptions } from '../../electron/documents/extract/create-extractor.ts';
import { forkExtractionHost } from '../../electron/documents/extract/fork-extraction-host.ts';
import type { ExtractionHostProcess } from '../../electron/ports.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { openExtractor } from './extractor-under-test.ts';

const oddReader = path.resolve(import.meta.dirname, 'odd-reader-child.ts');

/** The extractor with a process that misbehaves when asked to, and those processes in the order of their start. */
function openOdd(options: Partial<ExtractorOptions> = {}) {
  const started: ExtractionHostProcess[] = [];
  const ended: number[] = [];
  const extractor = openExtractor({
    spawnExtractionHost() {
      const child = forkExtractionHost({ modulePath: oddReader, log: silentLog });
      started.push(child);
      return {
        ...child,
        onExit: (listener) =>
          child.onExit((exit) => {
            ended.push(child.processId ?? 0);
            listener(exit);
          }),
      };
    },
    ...options,
  });
  onTestFinished(() => extractor[Symbol.asyncDispose]());
  const read = (name: string, more = {}) => extractor.extract({ bytes: new Uint8Array(1), name }, more);
  return { extractor, read, started, ended };
}

afterEach(() => vi.unstubAllEnvs());

test('a text file is read in a process of its own', async () => {
  await using extractor = openExtractor();
  const document = await extractor.extract({ bytes: Buffer.from('Wasser fließt bergab.'), name: 'a.txt' });
  expect(document).toMatchObject({ format: 'text', characters: 21, problems: [] });
  expect(document.pages[0]?.blocks).toEqual([{ kind: 'paragraph', text: 'Wasser fließt bergab.', line: 1 }]);
});

describe('a file costs itself and nothing else', () => {
  test.each([
    ['hang', { pageMs: 3000 }, { code: 'TIME_LIMIT', data: { limitMs: 3000, page: 2 } }],
    ['slow', { fileMs: 3000 }, { code: 'TIME_LIMIT', data: { limitMs: 3000 } }],
    ['eat', { memoryBytes: 250_000_000 }, { code: 'MEMORY_LIMIT', data: { limitBytes: 250_000_000, page: 2 } }],
    ['abort', {}, { code: 'CRASHED', data: { page: 2 } }],
    ['nonsense', {}, { code: 'CRASHED', data: { page: 2 } }],
  ] as const)('when its reader does this: %s', async (name, limits, problem) => {
    const { read, started } = openOdd({ limits });
    const [bad, next] = await Promise.all([read(name), read('fine')]);
    expect(bad.problems).toMatchObject([problem]);
    expect(bad.pages[0]?.blocks).toMatchObject([{ text: 'the first page' }]);
    expect(next).toMatchObject({ problems: [], characters: 14 });
    expect(started).toHaveLength(2);
  });

  test('when its reader cannot even be started', async () => {
    await using extractor = openExtractor({
      spawnExtractionHost: () => forkExtractionHost({ modulePath: '/no/such/module.ts', log: silentLog }),
    });
    const { problems } = await extractor.extract({ bytes: new Uint8Array(1), name: 'a' });
    expect(problems).toEqual([{ code: 'CRASHED', data: { page: null } }]);
  });

  test('and its reader can do nothing but read', async () => {
    vi.stubEnv('CLAWDBOT_TEST_SECRET', 'x');
    const { read } = openOdd();
    const { pages } = await read('try');
    expect(pages[1]?.blocks).toMatchObject([{ text: 'refused refused refused undefined refused refused' }]);
  });
});

describe('cancelling', () => {
  test('ends the reading at once, and its process', async () => {
    const { read, started, ended } = openOdd();
    const stop = new AbortController();
    const reading = read('hang', { signal: stop.signal, onPage: () => stop.abort() });
    await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect.poll(() => ended, { timeout: 30_000 }).toEqual([started[0]?.processId]);
    expect((await read('fine')).problems).toEqual([]);
  });

  test('a file that waits for its turn leaves the one being read alone', async () => {
    const { read, started } = openOdd();
    const stop = new AbortController();
    const first = read('slow', { signal: stop.signal });
    const waiting = new AbortController();
    const second = read('fine', { signal: waiting.signal });
    const third = read('fine');
    waiting.abort();
    await expect(second).rejects.toMatchObject({ code: 'CANCELLED' });
    stop.abort();
    await expect(first).rejects.toMatchObject({ code: 'CANCELLED' });
    expect((await third).characters).toBe(14);
    expect(started).toHaveLength(2);
  });

  test('before it begins starts nothing', async () => {
    const { read, started } = openOdd();
    await expect(read('fine', { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(started).toEqual([]);
  });

  test('disposing cancels everything', async () => {
    const { extractor, read } = openOdd();
    const readings = [read('wait'), read('fine')].map((reading) =>
      expect(reading).rejects.toMatchObject({ code: 'CANCELLED' }),
    );
    await extractor[Symbol.asyncDispose]();
    await Promise.all(readings);
    await expect(read('fine')).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('the process', () => {
  test('reads one file after another', async () => {
    const { read, started } = openOdd();
    const documents = await Promise.all([read('fine'), read('fine'), read('fine')]);
    expect(new Set(documents.map(({ title }) => title)).size).toBe(1);
    expect(started).toHaveLength(1);
  });

  test('is not the only one where several are wanted', async () => {
    const { read, started } = openOdd({ processes: 2 });
    const stop = new AbortController();
    const long = read('wait', { signal: stop.signal });
    expect((await read('fine')).problems).toEqual([]);
    stop.abort();
    await expect(long).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(started).toHaveLength(2);
  });

  test('ends when it has had nothing to do for a while, and is started again', async () => {
    const { read, started, ended } = openOdd({ idleTimeoutMs: 50 });
    await read('fine');
    await expect.poll(() => ended, { timeout: 30_000 }).toEqual([started[0]?.processId]);
    expect((await read('fine')).problems).toEqual([]);
    expect(started).toHaveLength(2);
  });
});

test('progress tells how far it has come', async () => {
  const { read } = openOdd();
  const seen: unknown[] = [];
  await read('fine', { onProgress: (progress: unknown) => void seen.push(progress) });
  expect(seen).toEqual([
    { format: 'text', pagesRead: 0, pagesTotal: 3, characters: 0 },
    { format: 'text', pagesRead: 1, pagesTotal: 3, characters: 14 },
  ]);
});
