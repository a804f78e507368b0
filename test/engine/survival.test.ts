import path from 'node:path';
import { forkEngineHost } from '../../electron/engine/fork-engine-host.ts';
import type { EngineHostOptions, EngineHostProcess } from '../../electron/ports.ts';
import { createFakeEngine, fakeModel } from '../fakes/fake-engine.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { writeScriptedModel } from '../model/scripted-model.ts';
import { slowShape } from '../model/slow-shape.ts';
import { recitalText } from '../suites/engine-asking.ts';
import type { Recital } from '../suites/engine-suite.ts';
import { describeSurvival } from '../suites/survival-suite.ts';
import { checkModel, hostModulePath, openModelFolder, openRealEngine, processIsAlive } from './real-models.ts';

describeSurvival('FakeEngine survives', async () => {
  const slow = { model: fakeModel('slow'), text: recitalText('slow', 300) };
  const quick = { model: fakeModel('quick'), text: recitalText('word', 20) };
  return {
    slow,
    quick,
    open(options) {
      const starts: EngineHostOptions[] = [];
      const engine = createFakeEngine({
        ...options,
        // Nothing else keeps a stopped process silent here, so there is no need to wait long.
        watch: { ...options.watch, everyMs: 10, silenceMs: 300 },
        scripts: { slow: { reply: slow.text, tokensPerSecond: 100 }, quick: { reply: quick.text } },
        onSpawn: (how) => void starts.push(how),
      });
      return {
        engine,
        starts,
        signal: (name) => (name === 'SIGSTOP' ? engine.host?.freeze() : engine.crash(name)),
        hostIsAlive: () => engine.host !== undefined,
      };
    },
    async [Symbol.asyncDispose]() {},
  };
});

describeSurvival('LlamaEngine survives', async () => {
  const folder = await openModelFolder();
  const recital = async (id: string, words: number, cost: object = {}): Promise<Recital> => {
    const text = recitalText(id, words);
    const file = path.join(folder.path, `${id}.gguf`);
    await writeScriptedModel(file, { text, name: id, ...cost });
    return { model: { ...(await checkModel(id, file)), stamp: 'as written' }, text };
  };
  return {
    slow: await recital('slow', 600, slowShape),
    quick: await recital('quick', 20),
    open({ notes, watch }) {
      const starts: EngineHostOptions[] = [];
      const hosts: EngineHostProcess[] = [];
      const engine = openRealEngine({
        notes,
        watch,
        spawnEngineHost(how = {}) {
          starts.push(how);
          const host = forkEngineHost({ modulePath: hostModulePath, log: silentLog, ...how });
          hosts.push(host);
          return host;
        },
      });
      return {
        engine,
        starts,
        signal(name) {
          const processId = hosts.at(-1)?.processId;
          if (processId !== undefined) process.kill(processId, name);
        },
        hostIsAlive: () => hosts.some(({ processId }) => processId !== undefined && processIsAlive(processId)),
      };
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
});
