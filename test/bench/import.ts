import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';

import { sql } from 'kysely';

import { termsOf } from '../../electron/documents/terms.ts';
import { createSweeper } from '../../electron/keep/sweeper.ts';
import { createStore } from '../../electron/store/create-store.ts';
import { openDatabase, type Database } from '../../electron/store/database.ts';
import { build } from '../../electron/store/query-builder.ts';
import { emptyJob, runImport } from '../../electron/transfer/importer.ts';
import type { ImportJob } from '../../shared/contract/index.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { writeLargeArchive, type LargeArchive } from '../transfer/large-archive.ts';
import { runBench, type BenchContext } from './harness.ts';
import { createWords } from './store-words.ts';

const sampleEveryMs = 500;

/** A whole archive into an encrypted database, and the same stopped half-way. */
await runBench('import', async (context) => {
  const jsonBytes = context.quick ? 50e6 : 1e9;
  const size = context.quick ? '50mb' : '1gb';
  const folder = mkdtempSync(path.join(tmpdir(), 'clawdbot-import-'));
  try {
    const file = path.join(folder, 'export.zip');
    const words = createWords(1);
    const nextText = (chars: number): string => {
      let text = '';
      for (let word = 0; text.length < chars; word += 1) {
        text += word % 9 === 8 ? words.nextChinese() : `${words.nextEnglish()} `;
      }
      return text;
    };
    const archive = await writeLargeArchive(file, { jsonBytes, nextText, packedInBytes: 48e6 });
    context.note(
      `${archive.conversations} conversations, ${archive.messages} messages, ${Math.round(archive.jsonBytes / 1e6)} MB of JSON in ${Math.round(statSync(file).size / 1e6)} MB`,
    );
    if (context.options.get('only') !== 'stopped') await measureWhole(context, folder, file, archive, size);
    if (context.options.get('only') !== 'whole') await measureStopped(context, folder, file, size);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function open(folder: string, name: string): Database {
  return openDatabase({ path: path.join(folder, name), key: new Uint8Array(32).fill(7), log: silentLog });
}

/** Imports and watches the process meanwhile; `onChange` may stop it. */
async function watched(
  database: Database,
  file: string,
  onChange: (job: ImportJob, stop: AbortController) => void,
): Promise<{ job: ImportJob; seconds: number; rssMegabytes: number[]; longestStallMs: number }> {
  const stop = new AbortController();
  let job = emptyJob('', 0);
  const rssMegabytes: number[] = [];
  const sample = (): void => void rssMegabytes.push(Math.round(process.memoryUsage.rss() / 1e6));
  const sampling = setInterval(sample, sampleEveryMs);
  const delays = monitorEventLoopDelay({ resolution: 10 });
  delays.enable();
  const startedMs = performance.now();
  const incoming = { path: file, name: 'export.zip', sizeBytes: statSync(file).size, [Symbol.dispose]() {} };
  const services = {
    archive: createStore(database).archive,
    termsOf,
    clock: { now: Date.now },
    log: silentLog,
    onChange: (next: ImportJob) => onChange((job = next), stop),
  };
  await runImport(incoming, services, stop.signal);
  const seconds = (performance.now() - startedMs) / 1000;
  sample();
  clearInterval(sampling);
  delays.disable();
  return { job, seconds, rssMegabytes, longestStallMs: delays.max / 1e6 };
}

async function measureWhole(
  context: BenchContext,
  folder: string,
  file: string,
  archive: LargeArchive,
  size: string,
): Promise<void> {
  using database = open(folder, 'whole.db');
  let [told, toldTenth] = [0, 0];
  const { job, seconds, rssMegabytes, longestStallMs } = await watched(database, file, (now) => {
    told += 1;
    const tenth = Math.floor((10 * now.readBytes) / Math.max(1, now.totalBytes));
    if (tenth <= toldTenth) return;
    toldTenth = tenth;
    context.note(
      `${tenth * 10} %, ${now.conversations} conversations, ${Math.round(process.memoryUsage.rss() / 1e6)} MB resident`,
    );
  });
  if (job.state !== 'done' || job.added !== archive.conversations || job.messages !== archive.messages) {
    throw new Error(`The import ended as ${JSON.stringify(job)}.`);
  }
  const half = Math.floor(rssMegabytes.length / 2);
  const most = (samples: readonly number[]): number => samples.reduce((left, right) => Math.max(left, right), 0);
  context.measured({ metric: `seconds_${size}`, unit: 's', samples: [seconds] });
  context.measured({ metric: `resident_first_half_${size}`, unit: 'MB', samples: [most(rssMegabytes.slice(0, half))] });
  context.measured({ metric: `resident_most_${size}`, unit: 'MB', goal: '<= 400', samples: [most(rssMegabytes)] });
  context.measured({ metric: `longest_stall_${size}`, unit: 'ms', samples: [longestStallMs] });
  context.measured({ metric: `progress_reports_${size}`, unit: 'count', samples: [told] });
  context.note(`the database has ${Math.round(statSync(path.join(folder, 'whole.db')).size / 1e6)} MB`);
}

async function measureStopped(context: BenchContext, folder: string, file: string, size: string): Promise<void> {
  using database = open(folder, 'stopped.db');
  const store = createStore(database);
  const rows = (table: string): number =>
    database.first(sql<{ n: number }>`SELECT count(*) AS n FROM ${sql.table(table)}`.compile(build))?.n ?? -1;
  const { job } = await watched(database, file, (now, stop) => {
    if (now.readBytes > now.totalBytes / 4) stop.abort();
  });
  const left = rows('messages');
  if (job.state !== 'cancelled' || store.archive.count() !== 0 || left === 0) throw new Error('It was not stopped.');
  const startedMs = performance.now();
  const sweeper = createSweeper(store.bin, () => {}, silentLog);
  using _sweeper = sweeper;
  sweeper.start();
  while (rows('conversations') > 0) await new Promise((resolve) => setTimeout(resolve, 250));
  const seconds = (performance.now() - startedMs) / 1000;
  context.note(`stopped with ${left} messages stored and none shown; swept away in ${Math.round(seconds)} s`);
  context.measured({ metric: `left_after_stop_${size}`, unit: 'count', goal: '<= 0', samples: [rows('messages')] });
}
