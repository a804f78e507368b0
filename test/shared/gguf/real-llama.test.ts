import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { GgufError } from '../../../shared/model/gguf/gguf-error.ts';
import { inspectGguf } from '../../../shared/model/gguf/inspect.ts';
import { writeGguf, type GgufFile } from '../../model/gguf-writer.ts';
import { LlamaProbe } from '../../model/llama-probe.ts';
import { tinyFamilies } from '../../model/tiny-families.ts';
import { bytesSource } from './bytes-source.ts';
import { damagedModel } from './damage.ts';

/** The same models at every run: a new find belongs into a test of its own. */
const seed = Number(process.env['CLAWDBOT_FUZZ_SEED'] ?? 20_261_121);
const runs = Number(process.env['CLAWDBOT_FUZZ_RUNS'] ?? 300);
const patience = { timeout: 60_000 + runs * 1000 };

let folder: string;
let file: string;
let probe: LlamaProbe;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'clawdbot-probe-'));
  file = path.join(folder, 'model.gguf');
  probe = new LlamaProbe();
});

afterAll(async () => {
  await probe[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function accepts(model: GgufFile): Promise<boolean> {
  await writeGguf(file, model);
  try {
    await inspectGguf(bytesSource(await readFile(file)));
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(GgufError);
    return false;
  }
}

describe('what the reader accepts', () => {
  test.for(Object.entries(tinyFamilies))(
    'includes a sound model of the family %s, and llama.cpp too',
    async ([, model]) => {
      expect(await accepts(model)).toBe(true);
      expect(await probe.try(file)).toEqual({ kind: 'loaded' });
    },
  );

  test('never makes llama.cpp abort', patience, async () => {
    const results = { loaded: 0, refused: 0, notTried: 0 };
    await fc.assert(
      fc.asyncProperty(damagedModel, async (damaged) => {
        if (!(await accepts(damaged.file))) {
          results.notTried += 1;
          return;
        }
        const result = await probe.try(file);
        expect(result.kind).toMatch(/^(?:loaded|refused)$/);
        if (result.kind === 'loaded' || result.kind === 'refused') results[result.kind] += 1;
      }),
      { numRuns: runs, seed, endOnFailure: true },
    );
    // All three happened, so the property was not empty.
    expect(Math.min(...Object.values(results))).toBeGreaterThan(runs / 20);
  });
});
