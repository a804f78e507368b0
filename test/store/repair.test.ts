import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';

import { openDatabase, type Database } from '../../electron/store/database.ts';
import { openOrRepair } from '../../electron/store/open-or-repair.ts';
import { build } from '../../electron/store/query-builder.ts';
import { listSnapshots, nextSnapshotFile, snapshotFolder } from '../../electron/store/snapshot-files.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { failureOf } from './failure-of.ts';
import { testKey } from './temp-database.ts';
import { tempFolder } from './temp-folder.ts';

const log = createRecordingLog();
const nowMs = Date.UTC(2026, 10, 21, 12);
const clock = { now: () => nowMs };

function insert(database: Database, count: number, from = 0): void {
  database.transaction(() => {
    for (let index = from; index < from + count; index += 1) {
      const row = {
        id: `c${index}`,
        title: `t${index} `.repeat(40),
        title_source: 'person' as const,
        created_at: 1,
        updated_at: 1,
        pinned: 0,
      };
      database.run(build.insertInto('conversations').values(row).compile());
    }
  });
}

const countOf = (database: Database): number =>
  database.first(sql<{ n: number }>`SELECT count(*) AS n FROM conversations`.compile(build))?.n ?? -1;

/** 300 conversations, of which the snapshot that was made holds the first 200. */
async function withSnapshot(): Promise<{ file: string; snapshot: string }> {
  const file = path.join(tempFolder(), 'clawdbot.db');
  using database = openDatabase({ path: file, key: testKey, log });
  insert(database, 200);
  const snapshot = nextSnapshotFile(snapshotFolder(file), 'daily', nowMs - 3_600_000);
  await database.copyTo(snapshot);
  insert(database, 100, 200);
  return { file, snapshot };
}

function overwrite(file: string, offset: number): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, Buffer.alloc(64, 0x5a), 0, 64, offset);
  closeSync(descriptor);
}

const options = (file: string) => ({ path: file, key: testKey, log, clock });

describe('a damaged database with a snapshot', () => {
  test.each<[string, (file: string) => void]>([
    ['its first page is damaged', (file) => overwrite(file, 200)],
    ['it was cut off in the middle', (file) => truncateSync(file, 4096 * 5)],
    ['its last page is missing', (file) => truncateSync(file, statSync(file).size - 4096)],
    ['it is something else', (file) => writeFileSync(file, 'not a database at all '.repeat(1000))],
  ])('is repaired from it when %s, and kept aside', async (_, damage) => {
    const { file } = await withSnapshot();
    damage(file);
    const damaged = readFileSync(file);
    const { database, repair } = openOrRepair(options(file));
    using _database = database;
    expect(countOf(database)).toBe(200);
    expect(repair).toMatchObject({ atMs: nowMs, snapshotMadeAtMs: nowMs - 3_600_000 });
    expect(readFileSync(path.join(repair?.damagedFolder ?? '', 'clawdbot.db')).equals(damaged)).toBe(true);
    expect(listSnapshots(snapshotFolder(file))).toHaveLength(1);
    insert(database, 1, 500);
    expect(countOf(database)).toBe(201);
  });

  test('is found damaged at the start when the last run did not end in order', async () => {
    const { file } = await withSnapshot();
    {
      using database = openDatabase({ path: file, key: testKey, log });
      insert(database, 10, 900);
      // As a power cut leaves it: the log is there.
      writeFileSync(`${file}.kept`, readFileSync(`${file}-wal`));
    }
    writeFileSync(`${file}-wal`, readFileSync(`${file}.kept`));
    const pages = Math.floor(statSync(file).size / 4096);
    // Many: one alone may be a page that nothing uses.
    for (let page = Math.floor(pages / 3); page < pages; page += 1) overwrite(file, page * 4096 + 500);
    const { database, repair } = openOrRepair(options(file));
    using _database = database;
    expect(repair).not.toBeNull();
    expect(countOf(database)).toBe(200);
    expect(existsSync(path.join(repair?.damagedFolder ?? '', 'clawdbot.db'))).toBe(true);
  });

  test('is repaired from an older snapshot when the newest is damaged too', async () => {
    const { file } = await withSnapshot();
    const newer = nextSnapshotFile(snapshotFolder(file), 'daily', nowMs);
    writeFileSync(newer, readFileSync(file));
    overwrite(newer, 200);
    overwrite(file, 200);
    const { database, repair } = openOrRepair(options(file));
    using _database = database;
    expect(repair?.snapshotMadeAtMs).toBe(nowMs - 3_600_000);
    expect(countOf(database)).toBe(200);
  });

  test('is not touched with a wrong key', async () => {
    const { file } = await withSnapshot();
    const before = readFileSync(file);
    const wrong = { ...options(file), key: new Uint8Array(32).fill(9) };
    expect(failureOf(() => openOrRepair(wrong)).code).toBe('DATABASE_KEY_WRONG');
    expect(readFileSync(file).equals(before)).toBe(true);
    overwrite(file, 200);
    expect(failureOf(() => openOrRepair(wrong)).code).toBe('DATABASE_KEY_WRONG');
    expect(readdirSync(path.dirname(file)).filter((name) => name.startsWith('damaged'))).toEqual([]);
    const { database, repair } = openOrRepair(options(file));
    using _database = database;
    expect(repair).not.toBeNull();
  });
});

test('a damaged database without a usable snapshot is left as it is, and said to be damaged', async () => {
  const { file, snapshot } = await withSnapshot();
  overwrite(file, 200);
  overwrite(snapshot, 200);
  const before = readFileSync(file);
  expect(failureOf(() => openOrRepair(options(file))).code).toBe('DATABASE_CORRUPT');
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(readdirSync(path.dirname(file)).toSorted()).toEqual(['clawdbot.db', 'clawdbot.db.key-check', 'snapshots']);
});

test('an intact database is opened as it is', async () => {
  const { file } = await withSnapshot();
  const { database, repair, wantsCheck } = openOrRepair(options(file));
  using _database = database;
  expect({ repair, wantsCheck, count: countOf(database) }).toEqual({ repair: null, wantsCheck: false, count: 300 });
});

test('what a restore that was cut short left behind is taken away', async () => {
  const { file, snapshot } = await withSnapshot();
  writeFileSync(`${file}.restoring`, 'half');
  writeFileSync(`${snapshot}.unfinished`, 'half');
  using database = openOrRepair(options(file)).database;
  expect(countOf(database)).toBe(300);
  expect(existsSync(`${file}.restoring`)).toBe(false);
  expect(readdirSync(snapshotFolder(file))).toHaveLength(1);
});
