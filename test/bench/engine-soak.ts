import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { writeTinyModel } from '../model/tiny-model.ts';
import { noise } from './contender.ts';
import { openEngine } from './engine-contender.ts';
import type { BenchContext } from './harness.ts';
import { residentBytes } from './resident-bytes.ts';

/**
 * Short requests to two small models, up to eight at a time, every fifth given up somewhere, now and then a model loaded
 * anew. What grows is counted after a tenth of them, when everything that is kept for good is there.
 */
export async function measureSoak(context: BenchContext): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'clawdbot-soak-'));
  try {
    const files = [path.join(folder, 'one.gguf'), path.join(folder, 'two.gguf')] as const;
    for (const file of files) await writeTinyModel(file);
    const snapshots = { directory: folder, key: new Uint8Array(32), budgetBytes: 64e6, memoryBudgetBytes: 8e6 };
    await using engine = await openEngine({ model: files[0], threads: 1, contextTokens: 512, sequences: 4, snapshots });
    await engine.load('other', files[1]);
    const total = context.quick ? 1000 : 10_000;
    const batch = 8;
    let beforeBytes = 0;
    for (let done = 0; done < total; done += batch) {
      await Promise.all(
        Array.from({ length: batch }, async (_, index) => {
          const seed = done + index;
          const text = noise(seed, 10 + (seed % 60));
          if (seed % 5 === 0) return engine.abortAfter(text, 64, seed % 23);
          return engine.askOf(seed % 3 === 0 ? 'other' : 'bench', text, 4 + (seed % 12));
        }),
      );
      if (done % 400 === 0) {
        await engine.unload('other');
        await engine.load('other', files[1]);
      }
      if (beforeBytes === 0 && done >= total / 10) beforeBytes = await residentBytes(engine.processId);
    }
    const afterBytes = await residentBytes(engine.processId);
    context.note(
      `${total} requests, ${Math.round(beforeBytes / 2 ** 20)} MiB before, ${Math.round(afterBytes / 2 ** 20)} after`,
    );
    const growth = ((afterBytes - beforeBytes) / beforeBytes) * 100;
    context.measured({ metric: 'soak_memory_growth', unit: '%', goal: '<= 2', samples: [growth] });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
