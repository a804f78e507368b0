import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { createEncoder } from '../tokeniser/encode.ts';
import { readVocabulary } from '../tokeniser/vocabulary.ts';
import { readCorpus } from './corpus.ts';
import { encodeSample, onlyValue } from './encode-sample.ts';
import { heldOutQuestions } from './held-out-samples.ts';
import { stages, trainingSamples } from './mix.ts';
import { packRows } from './pack-rows.ts';

/**
 * Writes training data, a file a shard, as little-endian 16-bit tokens: `stage-1-00007.bin`, and two of held-out
 * questions. A shard depends on its number alone, so workers share the work and what is there is not written again.
 *
 *   node write-shards.ts --out DIR --shards 8,40,100 [--worker 0 --workers 4] [--context 256,512,1024] [--rows 512]
 */
const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    shards: { type: 'string', default: '1,1,1' },
    worker: { type: 'string', default: '0' },
    workers: { type: 'string', default: '1' },
    context: { type: 'string', default: '1024,1024,1024' },
    rows: { type: 'string', default: '512' },
  },
});
const out = values.out;
if (out === undefined) throw new Error('Say where to: --out DIR');
/** Length of the rows of each stage, in tokens; held-out questions come in rows of the last one. */
const rowTokens = values.context.split(',').map(Number);
const rowCount = Number(values.rows);
const vocabulary = readVocabulary();
const encoder = createEncoder(vocabulary);
const corpus = readCorpus();
mkdirSync(out, { recursive: true });

function write(name: string, samples: Iterable<readonly number[]>, tokens: number, rows: number): void {
  const file = path.join(out ?? '', name);
  if (existsSync(file)) return;
  const packed = packRows(samples, tokens, rows);
  // A reader takes whatever has its final name, so it gets that last.
  writeFileSync(`${file}.part`, new Uint8Array(packed.buffer));
  renameSync(`${file}.part`, file);
}

function* encodedTraining(stage: number, shard: number): Generator<readonly number[]> {
  const chosen = stages[stage];
  if (chosen === undefined) throw new RangeError(`There is no stage ${stage}.`);
  for (const sample of trainingSamples(corpus, chosen, stage * 1_000_003 + shard + 1)) {
    yield encodeSample(sample, vocabulary, encoder);
  }
}

function* encodedHeldOut(relations: 'train' | 'eval'): Generator<readonly number[]> {
  for (const { sample, value } of heldOutQuestions(corpus, 'en', relations, 77)) {
    yield encodeSample(sample, vocabulary, encoder, onlyValue(value));
  }
}

const [worker, workers] = [Number(values.worker), Number(values.workers)];
const heldOutRows = Math.min(rowCount, 64);
if (worker === 0) write('held-out-seen.bin', encodedHeldOut('train'), rowTokens.at(-1) ?? 0, heldOutRows);
if (worker === workers - 1) write('held-out-unseen.bin', encodedHeldOut('eval'), rowTokens.at(-1) ?? 0, heldOutRows);
const counts = values.shards.split(',').map(Number);
for (let shard = worker; shard < Math.max(...counts); shard += workers) {
  // The first of every stage before the second of any: training can begin and go on wherever it is.
  for (const [stage, count] of counts.entries()) {
    if (shard < count) {
      write(
        `stage-${stage}-${String(shard).padStart(5, '0')}.bin`,
        encodedTraining(stage, shard),
        rowTokens[stage] ?? 0,
        rowCount,
      );
    }
  }
}
