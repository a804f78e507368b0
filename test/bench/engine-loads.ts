import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { noise, type ContenderOptions } from './contender.ts';
import { openEngine, type EngineContender } from './engine-contender.ts';
import { percentile, type BenchContext } from './harness.ts';
import { openServer } from './server-contender.ts';

/**
 * From asking for the model until it answers: in a process that runs already, as the app does it, against the whole
 * start of llama-server, which has no other way.
 */
export async function measureLoads(
  context: BenchContext,
  options: ContenderOptions,
  peer: string | undefined,
): Promise<void> {
  const rounds = context.quick ? 2 : 5;
  await using engine = await openEngine(options);
  context.measured({ metric: 'process_start', unit: 'ms', samples: [engine.startMs] });
  for (const [metric, prepare] of [
    ['load_warm', () => undefined],
    ['load_cold', () => dropFromCache(options.model)],
  ] as const) {
    const own: number[] = [];
    const ratios: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await engine.unload('bench');
      prepare();
      const ownMs = await engine.load('bench', options.model);
      own.push(ownMs);
      if (peer === undefined) continue;
      prepare();
      await using server = await openServer(peer, options, ['--no-warmup']);
      ratios.push(ownMs / server.loadMs);
    }
    context.measured({ metric, unit: 'ms', samples: own });
    if (ratios.length === 0) continue;
    context.measured({ metric: `${metric}_vs_peer`, unit: 'ratio', goal: '<= 1.1', samples: ratios });
  }
}

/** The system forgets what it has read of a file (`dd`'s `nocache`, which asks for exactly that when nothing is copied). */
function dropFromCache(file: string): void {
  execFileSync('dd', [`if=${file}`, 'iflag=nocache', 'count=0'], { stdio: 'ignore' });
}

/** A conversation of 2,000 tokens after its model has left memory: restored, against read again. */
export async function measureRestoring(context: BenchContext, options: ContenderOptions): Promise<void> {
  const directory = mkdtempSync(path.join(tmpdir(), 'clawdbot-bench-states-'));
  try {
    const snapshots = { directory, key: new Uint8Array(32), budgetBytes: 8e9, memoryBudgetBytes: 1e9 };
    await using engine = await openEngine({ ...options, snapshots });
    const first = async (text: string): Promise<{ ms: number; cachedTokens: number; totalTokens: number }> => {
      const { firstMs, sentMs, cachedTokens, promptTokens } = await engine.askOf('bench', text, 2);
      return { ms: firstMs - sentMs, cachedTokens, totalTokens: cachedTokens + promptTokens };
    };
    const restored: number[] = [];
    const speedups: number[] = [];
    for (let round = 0; round < (context.quick ? 2 : 5); round += 1) {
      const text = noise(7000 + round, 1500);
      const read = await first(text);
      await engine.unload('bench');
      await engine.load('bench', options.model);
      const again = await first(text);
      if (again.cachedTokens < again.totalTokens - 1) throw new Error('It was not restored.');
      restored.push(again.ms);
      speedups.push(read.ms / again.ms);
      context.note(
        `${read.totalTokens} tokens read in ${Math.round(read.ms)} ms, restored in ${Math.round(again.ms)} ms`,
      );
    }
    context.measured({ metric: 'ttft_restored', unit: 'ms', samples: restored });
    context.measured({ metric: 'restore_speedup_2k', unit: 'ratio', goal: '>= 10', samples: speedups });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** From asking one resident model right after another has answered until its prompt is being read. */
export async function measureSwitches(context: BenchContext, options: ContenderOptions): Promise<void> {
  await using engine: EngineContender = await openEngine({ ...options, sequences: 2 });
  await engine.load('other', options.model);
  const samples: number[] = [];
  for (let round = 0; round < (context.quick ? 20 : 100); round += 1) {
    const { readingMs, sentMs } = await engine.askOf(round % 2 === 0 ? 'other' : 'bench', noise(8000 + round, 20), 2);
    samples.push(readingMs - sentMs);
  }
  context.measured({ metric: 'switch_resident_p50', unit: 'ms', samples: [percentile(samples, 50)] });
  context.measured({ metric: 'switch_resident_p99', unit: 'ms', goal: '< 50', samples: [percentile(samples, 99)] });
}
