import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forkEngineHost } from '../../electron/engine/fork-engine-host.ts';
import type { LlamaEngineOptions } from '../../electron/engine/llama-engine.ts';
import { usualWatch } from '../../electron/engine/watchdog.ts';
import type { EngineHostProcess } from '../../electron/ports.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { text as ggufText } from '../model/gguf-values.ts';
import { writeGguf } from '../model/gguf-writer.ts';
import { writeScriptedModel } from '../model/scripted-model.ts';
import { tinyModel } from '../model/tiny-model.ts';
import { ask, user } from '../suites/engine-asking.ts';
import { checkModel, openModelFolder, openRealEngine, processIsAlive } from './real-models.ts';

let folder: Awaited<ReturnType<typeof openModelFolder>>;
beforeAll(async () => {
  folder = await openModelFolder();
});
afterAll(async () => {
  await folder[Symbol.asyncDispose]();
});

const file = (name: string): string => path.join(folder.path, name);
const watch = { ...usualWatch, everyMs: 100, silenceMs: 6_000 };

/** An engine whose process is a script of its own; `started` are its processes. */
async function scripted(source: string, options: Partial<LlamaEngineOptions> = {}) {
  const modulePath = file(`${crypto.randomUUID()}.mjs`);
  await writeFile(modulePath, source);
  const started: EngineHostProcess[] = [];
  const engine = openRealEngine({
    // What comes back would only do the same again.
    revivals: 0,
    ...options,
    spawnEngineHost() {
      const host = forkEngineHost({ modulePath, log: silentLog });
      started.push(host);
      return host;
    },
  });
  const alive = (): boolean => started.some(({ processId }) => processId !== undefined && processIsAlive(processId));
  return { engine, alive, [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose]() };
}

const nobody = { id: 'm', name: 'M', path: '/nowhere', weightsBytes: 1, kvBytesPerToken: 1, trainedContextTokens: 512 };

describe('a model whose template never ends', { timeout: 120_000 }, () => {
  test.each([
    ['in two loops', '{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}'],
    [
      'when it is used',
      '{% if messages %}{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}{% endif %}',
    ],
  ])('%s costs its own answer and nothing else', async (what, template) => {
    const { metadata, tensors } = tinyModel();
    const looping = file(`${what}.gguf`);
    await writeGguf(looping, { metadata: { ...metadata, 'tokenizer.chat_template': ggufText(template) }, tensors });
    await writeScriptedModel(file('fine.gguf'), { text: 'All is well.' });
    await using engine = openRealEngine({ watch });
    const answer = await ask(engine.languageModel(await checkModel('looping', looping)), [user('Hello')]);
    expect(answer.error).toMatchObject({
      code: 'ENGINE_CRASHED',
      data: { reason: 'it stopped responding', cause: 'hang' },
    });
    const fine = await ask(engine.languageModel(await checkModel('fine', file('fine.gguf'))), [user('Hello')]);
    expect(fine.text).toBe('All is well.');
  });

  test('because its loop is too large for any memory is refused or costs its answer, and the next question works', async () => {
    const { metadata, tensors } = tinyModel();
    const template = ggufText('{% for i in range(10**9) %}{% endfor %}{% for i in range(1000000000) %}{% endfor %}');
    await writeGguf(file('huge.gguf'), { metadata: { ...metadata, 'tokenizer.chat_template': template }, tensors });
    await writeScriptedModel(file('fine.gguf'), { text: 'All is well.' });
    await using engine = openRealEngine({ watch });
    const huge = engine.languageModel(await checkModel('huge', file('huge.gguf')));
    const answer = await ask(huge, [user('Hello')], { maxOutputTokens: 3 });
    expect(answer.finish ?? answer.error).toBeDefined();
    const fine = await ask(engine.languageModel(await checkModel('fine', file('fine.gguf'))), [user('Hello')]);
    expect(fine.text).toBe('All is well.');
  });
});

describe('a process', () => {
  test('that never gets ready is ended', async () => {
    await using under = await scripted(`setInterval(() => {}, 1000);`, { startTimeoutMs: 200 });
    await expect(under.engine.load(nobody)).rejects.toMatchObject({
      code: 'ENGINE_UNAVAILABLE',
      data: { reason: expect.stringContaining('it did not get ready in time') },
    });
    expect(under.alive()).toBe(false);
  });

  test('that gets ready and then never does anything is ended', async () => {
    await using under = await scripted(`process.send({ type: 'ready' }); for (;;);`, {
      watch: { ...watch, silenceMs: 500 },
    });
    // It had not begun, so it was asked once more.
    await expect(under.engine.load(nobody)).rejects.toMatchObject({ code: 'ENGINE_CRASHED', data: { cause: 'hang' } });
    expect(under.alive()).toBe(false);
    expect(under.engine.state).toMatchObject({ kind: 'crashed', crashes: 2 });
    expect(under.engine.quarantineOf(nobody)).toBeUndefined();
  });

  test('that beats but gets nowhere is ended', async () => {
    await using under = await scripted(
      `process.send({ type: 'ready' });
       process.on('message', ({ id }) => process.send({ type: 'loading', id, fraction: 0.5 }));
       setInterval(() => process.send({ type: 'beat', steps: 7 }), 50);`,
      { watch: { ...watch, loadStepMs: 600 } },
    );
    await expect(under.engine.load(nobody)).rejects.toMatchObject({
      data: { reason: 'loading a model got stuck', cause: 'hang' },
    });
    expect(under.alive()).toBe(false);
  });

  test('that floods the channel is ended', async () => {
    await using under = await scripted(
      `process.send({ type: 'ready' });
       process.on('message', () => {
         const flood = () => process.send(Array.from({ length: 1000 }, () => ({ nonsense: 'x'.repeat(1000) })), flood);
         flood();
       });`,
    );
    await expect(under.engine.load(nobody)).rejects.toMatchObject({
      code: 'ENGINE_CRASHED',
      data: { reason: 'it sent unreadable reports' },
    });
    expect(under.alive()).toBe(false);
  });

  test('that floods with reports nobody asked for is ended', async () => {
    await using under = await scripted(
      `process.send({ type: 'ready' });
       process.on('message', () => {
         const flood = () => process.send(Array.from({ length: 10000 }, (_, steps) => ({ type: 'beat', steps })), flood);
         flood();
       });`,
    );
    await expect(under.engine.load(nobody)).rejects.toMatchObject({
      code: 'ENGINE_CRASHED',
      data: { reason: 'it sent more than anybody can read' },
    });
    expect(under.alive()).toBe(false);
  });

  test('that writes without end and without line breaks fills no memory and is read to its end', async () => {
    const modulePath = file('wordy.mjs');
    await writeFile(
      modulePath,
      `const text = 'x'.repeat(1 << 20);
       let left = 64;
       const write = () => (--left < 0 ? process.stderr.write('the end\\n', () => process.exit(3)) : process.stderr.write(text, write));
       write();`,
    );
    const lines: string[] = [];
    const log = { ...silentLog, debug: (fields: object) => void lines.push(JSON.stringify(fields)) };
    const host = forkEngineHost({ modulePath, log });
    expect(await new Promise((resolve) => host.onExit(resolve))).toMatchObject({ code: 3 });
    expect(lines.join('').length).toBeLessThan(10_000);
  });

  test('that says it got no memory before it aborts is believed', async () => {
    await using under = await scripted(
      `process.send({ type: 'ready' });
       process.on('message', ({ id }) => {
         process.send({ type: 'loading', id, fraction: 0.5 });
         process.stderr.write('ggml_aligned_malloc: insufficient memory\\n', () => process.abort());
       });`,
    );
    await expect(under.engine.load(nobody)).rejects.toMatchObject({
      code: 'ENGINE_CRASHED',
      data: { reason: 'signal SIGABRT', cause: 'memory' },
    });
  });
});
