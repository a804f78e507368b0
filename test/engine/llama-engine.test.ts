import path from 'node:path';
import { forkEngineHost } from '../../electron/engine/fork-engine-host.ts';
import type { EngineHostProcess } from '../../electron/ports.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { brokenModels } from '../model/broken-models.ts';
import { writeScriptedModel } from '../model/scripted-model.ts';
import { slowShape } from '../model/slow-shape.ts';
import { recitalText } from '../suites/engine-asking.ts';
import { describeEngine, type EngineUnderTest, type Recital } from '../suites/engine-suite.ts';
import { checkModel, hostModulePath, openModelFolder, openRealEngine, processIsAlive } from './real-models.ts';

for (const native of ['required', 'off'] as const) {
  const way = native === 'off' ? 'through node-llama-cpp' : "by llama.cpp's own functions";
  describeEngine(`LlamaEngine ${way}`, () => openUnderTest(native));
}

async function openUnderTest(native: 'required' | 'off'): Promise<EngineUnderTest> {
  const folder = await openModelFolder();
  const file = (name: string): string => path.join(folder.path, `${name}.gguf`);
  const recital = async (id: string, prefix: string, cost: object = {}): Promise<Recital> => {
    const text = recitalText(prefix, 600);
    await writeScriptedModel(file(id), { text, name: id, ...cost });
    return { model: await checkModel(id, file(id)), text };
  };
  const reciter = await recital('reciter', 'word');
  const other = await recital('other', 'say');
  const slow = await recital('slow', 'slow', slowShape);
  await Promise.all(Object.entries(brokenModels).map(([name, write]) => write(file(name))));
  const unreadable = [...Object.keys(brokenModels), 'not there'].map((what) => ({
    what,
    model: { ...reciter.model, id: what, name: what, path: file(what) },
  }));

  let availableBytes = 8e9;
  const hosts: EngineHostProcess[] = [];
  const engine = openRealEngine({
    spawnEngineHost() {
      const host = forkEngineHost({ modulePath: hostModulePath, log: silentLog, native });
      hosts.push(host);
      return host;
    },
    memory: () => ({ totalBytes: 8e9, availableBytes }),
  });
  return {
    engine,
    reciter,
    other,
    slow,
    unreadable,
    setAvailableBytes: (bytes) => void (availableBytes = bytes),
    killHost() {
      const processId = hosts.at(-1)?.processId;
      if (processId !== undefined) process.kill(processId, 'SIGKILL');
    },
    hostIsAlive: () => hosts.some(({ processId }) => processId !== undefined && processIsAlive(processId)),
    async [Symbol.asyncDispose]() {
      await engine[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}
