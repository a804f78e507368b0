import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Engine } from '../../electron/engine/engine.ts';
import { forkEngineHost } from '../../electron/engine/fork-engine-host.ts';
import type { EngineHostProcess } from '../../electron/ports.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { shapes, writeShapeModel } from '../model/shape-model.ts';
import { ask, user } from '../suites/engine-asking.ts';
import { keepToTwoCores, tryLimitedGroup } from './limited-process.ts';
import { checkModel, hostModulePath, openModelFolder, openRealEngine } from './real-models.ts';

const gibibyte = 2 ** 30;
const limitBytes = 2 * gibibyte;
const made = tryLimitedGroup(limitBytes);
const why = 'reason' in made ? ` (left out: ${made.reason})` : '';

/** Resident bytes that belong to the process alone, without the mapped file, as Linux tells it from outside. */
function ownBytes(processId: number): number {
  return Number(/^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${processId}/status`, 'utf8'))?.[1] ?? NaN) * 1024;
}

async function openLimited(place: (processId: number) => void, availableBytes: () => number) {
  const folder = await openModelFolder();
  const file = path.join(folder.path, 'shape.gguf');
  await writeShapeModel(file, shapes['shape-0.5b']);
  let processId = 0;
  const engine: Engine = openRealEngine({
    spawnEngineHost(): EngineHostProcess {
      const host = forkEngineHost({ modulePath: hostModulePath, log: silentLog });
      processId = host.processId ?? 0;
      place(processId);
      return host;
    },
    memory: () => ({ totalBytes: limitBytes, availableBytes: availableBytes() }),
    threads: 2,
  });
  onTestFinished(async () => {
    await engine[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });
  return { engine, model: await checkModel('shape', file), processId: () => processId };
}

test.skipIf('reason' in made)(
  `with two cores and 2 GB it goes on answering, and nothing is killed${why}`,
  async () => {
    if ('reason' in made) return;
    const { group } = made;
    const { engine, model, processId } = await openLimited(
      (id) => {
        group.add(id);
        keepToTwoCores(id);
      },
      () => limitBytes - group.usedBytes,
    );
    try {
      const language = engine.languageModel(model);
      const first = await ask(language, [user('A question '.repeat(40))], { maxOutputTokens: 8 });
      expect(first.error).toBeUndefined();
      const several = await Promise.all(
        ['One', 'Two', 'Three', 'Four'].map((text) => ask(language, [user(text.repeat(100))], { maxOutputTokens: 8 })),
      );
      expect(several.map(({ error }) => error)).toEqual([undefined, undefined, undefined, undefined]);
      const whileLoaded = ownBytes(processId());
      // More of the same than could ever fit: each is let in only when another one has left.
      for (const id of ['second', 'third', 'fourth', 'fifth']) {
        const answer = await ask(engine.languageModel({ ...model, id }), [user('Hello')], { maxOutputTokens: 4 });
        expect(answer.error).toBeUndefined();
      }
      expect(group.kills).toBe(0);
      expect(engine.state.kind).toBe('ready');
      for (const id of engine.residents.keys()) await engine.unload(id);
      // What keys and values and the rest had taken is given back to the system.
      expect(ownBytes(processId())).toBeLessThan(whileLoaded * 0.6);
    } finally {
      await engine[Symbol.asyncDispose]();
      group[Symbol.dispose]();
    }
  },
  600_000,
);
