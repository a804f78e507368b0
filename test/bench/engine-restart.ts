import path from 'node:path';

import type { CheckedModel } from '../../electron/engine/engine.ts';
import { forkEngineHost } from '../../electron/engine/fork-engine-host.ts';
import { createLlamaEngine } from '../../electron/engine/llama-engine.ts';
import type { EngineHostProcess } from '../../electron/ports.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { ask, nextState, user } from '../suites/engine-asking.ts';
import type { ContenderOptions } from './contender.ts';
import type { BenchContext } from './harness.ts';

/**
 * The engine's process is killed in the middle of an answer: until it is ready again, until the model is back in memory,
 * and until the next question, asked at that moment, has its first word.
 */
export async function measureRestart(context: BenchContext, options: ContenderOptions): Promise<void> {
  const modulePath = path.join(import.meta.dirname, '../../electron/engine/host/main.ts');
  const hosts: EngineHostProcess[] = [];
  await using engine = createLlamaEngine({
    spawnEngineHost() {
      const host = forkEngineHost({ modulePath, log: silentLog });
      hosts.push(host);
      return host;
    },
    memory: () => ({ totalBytes: 16e9, availableBytes: 16e9 }),
    clock: { now: () => Date.now() },
    log: silentLog,
    threads: options.threads,
  });
  const model: CheckedModel = {
    id: 'bench',
    name: 'bench',
    path: options.model,
    weightsBytes: 1e9,
    kvBytesPerToken: 20_000,
    trainedContextTokens: options.contextTokens,
  };
  const [ready, loaded, word]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < (context.quick ? 2 : 5); round += 1) {
    let killedMs = 0;
    let readyMs = 0;
    const back = new Promise<void>((resolve) => {
      const end = engine.onChange(() => {
        if (killedMs === 0 || engine.residents.get(model.id)?.kind !== 'loaded') return;
        end();
        resolve();
      });
    });
    let wasCut = false;
    const answer = await ask(engine.languageModel(model), [user(`Round ${round}`)], {
      maxOutputTokens: 500,
      onPart(part) {
        if (wasCut || part.type !== 'text-delta') return;
        wasCut = true;
        killedMs = performance.now();
        void nextState(engine, 'ready').then(() => (readyMs = performance.now()));
        const { processId } = hosts.at(-1) ?? {};
        if (processId !== undefined) process.kill(processId, 'SIGKILL');
      },
    });
    if (answer.error?.code !== 'ENGINE_CRASHED') throw new Error('The answer was not cut off.');
    await back;
    ready.push(readyMs - killedMs);
    loaded.push(performance.now() - killedMs);
    let firstMs = 0;
    await ask(engine.languageModel(model), [user('Again')], {
      maxOutputTokens: 4,
      onPart(part) {
        if (part.type === 'text-delta' && firstMs === 0) firstMs = performance.now();
      },
    });
    word.push(firstMs - killedMs);
  }
  context.measured({ metric: 'crash_to_ready', unit: 'ms', goal: '< 2000', samples: ready });
  context.measured({ metric: 'crash_to_loaded', unit: 'ms', samples: loaded });
  context.measured({ metric: 'crash_to_word', unit: 'ms', samples: word });
}
