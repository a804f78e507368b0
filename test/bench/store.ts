import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { sql } from 'kysely';

import type { Chat } from '../../electron/chat/chat.ts';
import { openDatabase, type Database } from '../../electron/store/database.ts';
import { build } from '../../electron/store/query-builder.ts';
import { openUnansweredChat } from '../chat/unanswered-chat.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { interleave, percentile, runBench, type BenchContext } from './harness.ts';
import { fillLibrary, type Library } from './store-library.ts';
import { planQueries } from './store-queries.ts';
import { createWords } from './store-words.ts';

const longThread = 10_000;

await runBench('store', async (context) => {
  const messages = context.quick ? 100_000 : 1_000_000;
  // A figure of the small library must not be taken for one of the large.
  const size = context.quick ? '100k' : '1m';
  const folder = mkdtempSync(path.join(tmpdir(), 'clawdbot-bench-'));
  const file = path.join(folder, 'clawdbot.db');
  try {
    const library = generate(context, file, messages);
    await measureOpening(context, file, library, size);
    measureSearch(context, file, size);
    await measureAgainstScanning(context, file, size);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function open(file: string): Database {
  return openDatabase({ path: file, key: new Uint8Array(32).fill(7), log: silentLog });
}

function generate(context: BenchContext, file: string, messages: number): Library {
  context.note(`writing ${messages} messages${context.quick ? ' (--quick: a tenth of the real size)' : ''}`);
  using database = open(file);
  const library = fillLibrary(database, createWords(1), { messages, longThread, note: context.note });
  const megabytes = Math.round(statSync(file).size / 1e6);
  context.note(
    `${library.messages} messages in ${library.conversations} conversations, ${Math.round(library.textChars / 1e6)} million characters, ${megabytes} MB`,
  );
  return library;
}

/** Each round opens the database anew: nothing is in SQLite's own cache, as after a start of the app. */
async function measureOpening(context: BenchContext, file: string, library: Library, size: string): Promise<void> {
  const timed = async (work: (chat: Chat) => unknown): Promise<number> => {
    using database = open(file);
    await using chat = openUnansweredChat(database);
    const startedMs = performance.now();
    await work(chat);
    return performance.now() - startedMs;
  };
  const { longThreadId } = library;
  const samples = await interleave(context.quick ? 5 : 15, {
    list: () => timed((chat) => first(chat.watchConversations(new AbortController().signal))),
    open: () => timed((chat) => first(chat.watchThread(longThreadId, new AbortController().signal))),
    find: () => timed((chat) => chat.findInThread(longThreadId, 'the')),
  });
  context.measured({ metric: `list_${size}`, unit: 'ms', goal: '<= 50', samples: samples.get('list') ?? [] });
  context.measured({ metric: 'open_10k', unit: 'ms', goal: '<= 100', samples: samples.get('open') ?? [] });
  context.measured({ metric: 'find_10k', unit: 'ms', samples: samples.get('find') ?? [] });
}

async function first(events: AsyncIterable<unknown>): Promise<unknown> {
  for await (const event of events) return event;
  throw new Error('There was no event.');
}

/** The first page, as it comes while somebody types. The 95th percentile of each round over all queries. */
function measureSearch(context: BenchContext, file: string, size: string): void {
  const samples: number[] = [];
  const cpuSamples: number[] = [];
  const worst = new Map<string, number>();
  let partial = 0;
  const queries = planQueries(createWords(1));
  for (let round = 0; round < (context.quick ? 2 : 3); round += 1) {
    using database = open(file);
    const chat = openUnansweredChat(database);
    const times = queries.map((query) => {
      const before = process.cpuUsage();
      const startedMs = performance.now();
      const { hits, next } = search(chat, query);
      const tookMs = performance.now() - startedMs;
      const { user, system } = process.cpuUsage(before);
      worst.set(query, Math.max(tookMs, worst.get(query) ?? 0));
      if (next !== null && hits.length < 50) partial += 1;
      return { tookMs, cpuMs: (user + system) / 1000 };
    });
    samples.push(
      percentile(
        times.map(({ tookMs }) => tookMs),
        95,
      ),
    );
    cpuSamples.push(
      percentile(
        times.map(({ cpuMs }) => cpuMs),
        95,
      ),
    );
  }
  context.measured({ metric: `search_p95_${size}`, unit: 'ms', goal: '<= 50', samples });
  // What a machine with nothing else to do would take, except for the disk.
  context.measured({ metric: `search_cpu_p95_${size}`, unit: 'ms', samples: cpuSamples });
  const slowest = [...worst].toSorted((left, right) => right[1] - left[1]).slice(0, 5);
  context.note(`slowest: ${slowest.map(([query, tookMs]) => `"${query}" ${tookMs.toFixed(0)} ms`).join(', ')}`);
  const share = (100 * partial) / (queries.length * samples.length);
  context.note(`${queries.length} queries; ${share.toFixed(0)} % of first pages were short and go on by themselves`);
}

function search(chat: Chat, query: string) {
  return chat.search({
    query,
    limit: 50,
    cursor: null,
    filter: { modelId: null, file: null, fromMs: null, untilMs: null },
  });
}

/** The plain way, which compares every message until there are enough; summed over a few queries of each kind. */
async function measureAgainstScanning(context: BenchContext, file: string, size: string): Promise<void> {
  using database = open(file);
  await using chat = openUnansweredChat(database);
  const queries = planQueries(createWords(1)).filter((_, at) => at % 11 === 0);
  const total = (run: (query: string) => unknown): number => {
    const startedMs = performance.now();
    for (const query of queries) run(query);
    return performance.now() - startedMs;
  };
  const scan = (query: string): unknown => {
    const holds = query.split(' ').map((word) => sql`AND text LIKE ${`%${word}%`}`);
    return database.all(
      sql`SELECT id, text FROM messages WHERE removed_at IS NULL ${sql.join(holds, sql` `)}
        ORDER BY row_id DESC LIMIT 50`.compile(build),
    );
  };
  const samples = await interleave(1, {
    scan: async () => total(scan),
    search: async () => total((query) => search(chat, query)),
  });
  const [scanned = 0] = samples.get('scan') ?? [];
  const [searched = 1] = samples.get('search') ?? [];
  context.measured({ metric: `search_speedup_${size}`, unit: 'ratio', samples: [scanned / searched] });
}
