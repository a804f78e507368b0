import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forkEngineHost } from '../../electron/engine/fork-engine-host.ts';
import { linkHost, type HostLink } from '../../electron/engine/host-link.ts';
import type { EnginePriority } from '../../shared/model/engine-protocol.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { greedySampling } from '../suites/greedy-sampling.ts';
import { writeScriptedModel } from '../model/scripted-model.ts';
import { recitalText } from '../suites/engine-asking.ts';
import { hostModulePath, openModelFolder } from './real-models.ts';

const text = recitalText('word', 60);
const modelId = 'reciter';
const free = { parallel: 8, batchTokens: 512, threadShare: 1, backgroundPaused: false };

describe.for(['required', 'off'] as const)('what the machine allows, native calls %s', (native) => {
  let folder: Awaited<ReturnType<typeof openModelFolder>>;
  let link: HostLink;
  const ended = Promise.withResolvers<void>();

  beforeAll(async () => {
    folder = await openModelFolder();
    const file = path.join(folder.path, 'reciter.gguf');
    await writeScriptedModel(file, { text });
    const ready = Promise.withResolvers<void>();
    link = linkHost(
      forkEngineHost({ modulePath: hostModulePath, log: silentLog, native }),
      {
        ready: () => ready.resolve(),
        unavailable: (reason) => ready.reject(new Error(reason)),
        memory: () => undefined,
        tooLarge: () => undefined,
        ended: () => ended.resolve(),
      },
      silentLog,
    );
    await ready.promise;
    const loaded = Promise.withResolvers<void>();
    const model = { id: modelId, name: modelId, path: file };
    link.open(
      {
        type: 'load',
        model,
        options: { contextTokens: 1024, sequences: 4, threads: native === 'off' ? 1 : 2, batchTokens: 512 },
      },
      { report: (report) => void (report.type === 'loaded' && loaded.resolve()), lost: loaded.reject },
    );
    await loaded.promise;
  });
  afterAll(async () => {
    link.shutdown();
    await ended.promise;
    await folder[Symbol.asyncDispose]();
  });

  function ask(
    question: string,
    priority: EnginePriority,
    onEvent: (event: 'queued' | 'text') => void = () => undefined,
  ) {
    const done = Promise.withResolvers<string>();
    let written = '';
    const opened = link.open(
      {
        type: 'generate',
        modelId,
        priority,
        prompt: [{ role: 'user', text: question }],
        sampling: greedySampling,
      },
      {
        report(report) {
          if (report.type === 'queued') onEvent('queued');
          if (report.type === 'text') {
            onEvent('text');
            written += report.text;
          }
          if (report.type === 'finished') done.resolve(written);
          if (report.type === 'failed') done.reject(new Error(report.error.code));
        },
        lost: done.reject,
      },
    );
    return { answer: done.promise, abort: opened.abort };
  }

  test('background work waits while it is paused, others are answered, and it goes on afterwards', async () => {
    link.limit({ ...free, backgroundPaused: true });
    const events: string[] = [];
    const background = ask('Behind', 'background', () => events.push('background'));
    const given = ask('Given up', 'background');
    expect(await ask('Before', 'person').answer).toBe(text);
    given.abort();
    await expect(given.answer).rejects.toThrow('CANCELLED');
    expect(events).toEqual([]);
    link.limit(free);
    expect(await background.answer).toBe(text);
  });

  test('fewer answers are written side by side, and the words stay the same with fewer threads', async () => {
    link.limit({ parallel: 1, batchTokens: 16, threadShare: 0.5, backgroundPaused: false });
    let queued = 0;
    const crowd = [1, 2, 3].map((number) =>
      ask(`Question ${number}`, 'person', (event) => (queued += Number(event === 'queued'))),
    );
    for (const { answer } of crowd) expect(await answer).toBe(text);
    expect(queued).toBeGreaterThan(0);
    link.limit(free);
    expect(await ask('Again', 'person').answer).toBe(text);
  });
});
