import { sql } from 'kysely';

import { bytesOf } from '../../electron/store/coarse-vector.ts';
import type { Database } from '../../electron/store/database.ts';
import { build } from '../../electron/store/query-builder.ts';
import { createStore } from '../../electron/store/create-store.ts';
import type { BenchContext } from './harness.ts';

const width = 384;
const perDocument = 10_000;

/** The ten nearest of many passages: as the store finds them, and by comparing every one exactly. */
export function measureVectorScans(context: BenchContext, database: Database): void {
  const total = context.quick ? 20_000 : 100_000;
  const { documents, vectors } = createStore(database);
  const ids = Array.from({ length: total / perDocument }, (_, index) => `d${index}`);
  for (const id of ids) {
    documents.insert({
      id,
      name: id,
      sha256: id,
      sizeBytes: 0,
      format: null,
      language: null,
      report: '{}',
      createdAt: 0,
      passages: Array.from({ length: perDocument }, () => ({
        page: 1,
        heading: '',
        text: id,
        places: '[]',
        words: [],
      })),
    });
    vectors.append(id, 'm', { from: 0, vectors: Array.from({ length: perDocument }, randomVector), complete: true });
  }
  const [found, plain, ratios]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < (context.quick ? 3 : 9); round += 1) {
    const asked = randomVector();
    const coarseMs = timed(() => vectors.nearest(ids, 'm', asked, 10).length);
    const exactMs = timed(() => scan(database, asked));
    found.push(coarseMs);
    plain.push(exactMs);
    ratios.push(exactMs / coarseMs);
  }
  context.note(`${total} passages of ${width} numbers`);
  const name = `vectors_${total / 1000}k_top10`;
  context.measured({ metric: `${name}_ms`, unit: 'ms', samples: found });
  context.measured({ metric: `${name}_exact_scan_ms`, unit: 'ms', samples: plain });
  context.measured({ metric: `${name}_vs_exact_scan`, unit: 'ratio', goal: '>= 1.5', samples: ratios });
}

function scan(database: Database, asked: Float32Array): number {
  const query = sql`SELECT place FROM exact_vectors ORDER BY vec_distance_cosine(vector, ${bytesOf(asked)}) LIMIT 10`;
  return database.all(query.compile(build)).length;
}

function timed(find: () => number): number {
  const startedMs = performance.now();
  if (find() !== 10) throw new Error('Ten are nearest of many.');
  return performance.now() - startedMs;
}

let state = 1;
function randomVector(): Float32Array {
  const vector = Float32Array.from({ length: width }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
