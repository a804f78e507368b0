import Sqlite from 'better-sqlite3-multiple-ciphers';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  closeSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';

import { openDatabase } from '../../electron/store/database.ts';
import { allMigrations } from '../../electron/store/migrations/all-migrations.ts';
import type { Migration } from '../../electron/store/migrations/migration.ts';
import { build } from '../../electron/store/query-builder.ts';
import type { ErrorCode } from '../../shared/errors/codes.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { startScript } from './child-script.ts';
import { failureOf } from './failure-of.ts';
import { canMakeDisks, makeDisk } from './small-disk.ts';
import { tempFolder } from './temp-folder.ts';
import { listSnapshots } from '../../electron/store/snapshot-files.ts';
import { testKey } from './temp-database.ts';

const log = createRecordingLog();

function open(file: string, migrations: readonly Migration[] = allMigrations) {
  return openDatabase({ path: file, key: testKey, log, migrations });
}

/** A database with enough in it to fill several pages. */
function filledDatabase(): string {
  const file = path.join(tempFolder(), 'clawdbot.db');
  using database = open(file);
  for (let index = 0; index < 200; index += 1) {
    const row = {
      id: `c${index}`,
      title: `title ${index} `.repeat(50),
      title_source: 'person' as const,
      created_at: 1,
      updated_at: 1,
      pinned: 0,
    };
    database.run(build.insertInto('conversations').values(row).compile());
  }
  return file;
}

function expectIntact(file: string): void {
  using database = open(file);
  expect(database.all(sql`SELECT id FROM conversations`.compile(build))).toHaveLength(200);
}

function overwrite(file: string, offset: number): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, Buffer.alloc(64, 0x5a), 0, 64, offset);
  closeSync(descriptor);
}

/** The one copy that was made before a migration. */
function copyOf(file: string): string {
  const copies = listSnapshots(path.join(path.dirname(file), 'snapshots'));
  expect(copies.map(({ reason }) => reason)).toEqual(['update']);
  return copies[0]?.path ?? '';
}

/** The first number that is not taken. */
const next = allMigrations.length + 1;
const addTable: Migration = { version: next, name: 'add', up: (execute) => execute('CREATE TABLE added (id TEXT)') };

describe('the file', () => {
  test('is encrypted and readable by its owner only', () => {
    const file = path.join(tempFolder(), 'clawdbot.db');
    using database = open(file);
    const row = {
      id: 'c',
      title: 'a very secret title',
      title_source: 'person' as const,
      created_at: 1,
      updated_at: 1,
      pinned: 0,
    };
    database.run(build.insertInto('conversations').values(row).compile());
    for (const part of [file, `${file}-wal`]) {
      const bytes = readFileSync(part);
      expect(bytes.length).toBeGreaterThan(0);
      expect(bytes.includes('secret')).toBe(false);
      expect(bytes.includes('SQLite format')).toBe(false);
      expect(statSync(part).mode & 0o777).toBe(0o600);
    }
  });

  test('its key is in no log and in no file beside it', () => {
    const folder = tempFolder();
    const hexadecimal = Buffer.from(testKey).toString('hex');
    const ownLog = createRecordingLog();
    const traced: string[] = [];
    using database = openDatabase({
      path: path.join(folder, 'clawdbot.db'),
      key: testKey,
      log: ownLog,
      trace: (line) => traced.push(line),
    });
    database.all(sql`SELECT 1`.compile(build));
    expect(traced).toContain('SELECT 1');
    expect(ownLog.entries.length).toBeGreaterThan(0);
    expect(`${ownLog.text()}${traced.join()}`.toLowerCase()).not.toContain(hexadecimal);
    expect(readFileSync(path.join(folder, 'clawdbot.db.key-check'), 'latin1')).not.toContain(hexadecimal.slice(0, 16));
  });

  test('is kept in write-ahead mode with foreign keys checked', () => {
    using database = open(path.join(tempFolder(), 'clawdbot.db'));
    expect(database.all(sql`PRAGMA journal_mode`.compile(build))).toEqual([{ journal_mode: 'wal' }]);
    expect(database.all(sql`PRAGMA foreign_keys`.compile(build))).toEqual([{ foreign_keys: 1 }]);
    expect(database.all(sql`PRAGMA synchronous`.compile(build))).toEqual([{ synchronous: 1 }]);
    expect(database.all(sql`PRAGMA temp_store`.compile(build))).toEqual([{ temp_store: 2 }]);
  });
});

describe('a database that cannot be opened', () => {
  test('says that the key is wrong, and is left as it was', () => {
    const file = filledDatabase();
    const before = readFileSync(file);
    const error = failureOf(() => openDatabase({ path: file, key: new Uint8Array(32).fill(9), log }));
    expect(error.code).toBe('DATABASE_KEY_WRONG');
    expect(error.message).toContain('Nothing was changed');
    expect(readFileSync(file).equals(before)).toBe(true);
    expectIntact(file);
  });

  test('says that the key is wrong when it was copied here without anything else', () => {
    const copy = path.join(tempFolder(), 'clawdbot.db');
    copyFileSync(filledDatabase(), copy);
    expect(failureOf(() => openDatabase({ path: copy, key: new Uint8Array(32).fill(9), log })).code).toBe(
      'DATABASE_KEY_WRONG',
    );
  });

  test.each<[string, (file: string) => void]>([
    ['its first page is damaged', (file) => overwrite(file, 200)],
    ['it was cut off in the middle', (file) => truncateSync(file, 4096 * 5)],
    ['it is shorter than a page', (file) => truncateSync(file, 1000)],
    ['it is something else', (file) => writeFileSync(file, 'not a database at all '.repeat(1000))],
  ])('says that it is damaged when %s', (_, damage) => {
    const file = filledDatabase();
    damage(file);
    const before = readFileSync(file);
    const error = failureOf(() => open(file));
    expect(error.code).toBe('DATABASE_CORRUPT');
    expect(error.data).toEqual({ path: file });
    expect(error.message).toMatch(/backup/);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('says that it is damaged when a later page is, at the moment that page is read', () => {
    const file = filledDatabase();
    const pages = statSync(file).size / 4096;
    for (let page = 8; page < pages; page += 1) overwrite(file, page * 4096 + 500);
    expect(
      failureOf(() => {
        using database = open(file);
        database.all(sql`SELECT * FROM conversations`.compile(build));
      }).code,
    ).toBe('DATABASE_CORRUPT');
  });

  test('says that another program has locked it, and works again afterwards', async () => {
    const file = filledDatabase();
    const other = startScript(`
      import { openDatabase } from './electron/store/database.ts';
      const log = { debug() {}, info() {}, warn() {}, error() {} };
      const database = openDatabase({ path: ${JSON.stringify(file)}, key: new Uint8Array(32).fill(7), log });
      database.run({ sql: 'BEGIN IMMEDIATE', parameters: [] });
      console.log('locked');
      setInterval(() => {}, 1000);`);
    await other.line((line) => line === 'locked');
    using database = open(file);
    const error = failureOf(() => database.run(sql`DELETE FROM conversations`.compile(build)));
    expect(error.code).toBe('DATABASE_LOCKED');
    expect(error.message).toContain('Close it');
    expect(error.kind).toBe('transient');
    expect(database.all(sql`SELECT id FROM conversations`.compile(build))).toHaveLength(200);
    await other.kill();
    expect(database.run(sql`DELETE FROM conversations`.compile(build))).toBe(200);
  });

  test.each<[string, (folder: string) => string]>([
    ['the folder is missing', (folder) => path.join(folder, 'missing', 'clawdbot.db')],
    [
      'the folder is a file',
      (folder) => {
        writeFileSync(path.join(folder, 'file'), '');
        return path.join(folder, 'file', 'clawdbot.db');
      },
    ],
    [
      'a folder is in its place',
      (folder) => {
        mkdirSync(path.join(folder, 'clawdbot.db'));
        return path.join(folder, 'clawdbot.db');
      },
    ],
  ])('says what is wrong with the data directory when %s', (_, make) => {
    const file = make(tempFolder());
    const error = failureOf(() => open(file));
    expect(error.code).toBe('DATA_DIRECTORY_UNUSABLE');
    expect(error.message).toContain('--data-dir');
    expect(error.data).toMatchObject({ path: path.dirname(file) });
  });

  test.runIf(canMakeDisks)('says so when the disk is read-only', () => {
    const error = failureOf(() => open(path.join(makeDisk('ro,size=1m'), 'clawdbot.db')));
    expect(error.code).toBe('DATA_DIRECTORY_UNUSABLE');
    expect(error.data).toMatchObject({ reason: 'the disk is read-only' });
  });

  test.runIf(canMakeDisks)('says so when the disk is full', () => {
    const folder = makeDisk('size=64k');
    writeFileSync(path.join(folder, 'other'), Buffer.alloc(60 * 1024));
    expect(failureOf(() => open(path.join(folder, 'clawdbot.db'))).code).toBe('DISK_FULL');
  });
});

describe('a migration', () => {
  test('keeps a copy of what was there before, which opens with the older version', () => {
    const file = filledDatabase();
    open(file, [...allMigrations, addTable])[Symbol.dispose]();
    expectIntact(copyOf(file));
    using database = open(file, [...allMigrations, addTable]);
    expect(database.all(sql`SELECT * FROM added`.compile(build))).toEqual([]);
    expect(database.all(sql`SELECT id FROM conversations`.compile(build))).toHaveLength(200);
  });

  test('includes in that copy what was still in the write-ahead log', async () => {
    const file = filledDatabase();
    const writer = startScript(`
      import { openDatabase } from './electron/store/database.ts';
      const log = { debug() {}, info() {}, warn() {}, error() {} };
      const database = openDatabase({ path: ${JSON.stringify(file)}, key: new Uint8Array(32).fill(7), log });
      database.run({ sql: "UPDATE conversations SET title = 'from the log' WHERE id = 'c7'", parameters: [] });
      console.log('written');
      setInterval(() => {}, 1000);`);
    await writer.line((line) => line === 'written');
    await writer.kill();
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
    open(file, [...allMigrations, addTable])[Symbol.dispose]();
    using copy = open(copyOf(file));
    expect(copy.all(sql`SELECT title FROM conversations WHERE id = 'c7'`.compile(build))).toEqual([
      { title: 'from the log' },
    ]);
  });

  test('that fails leaves the database as it was and says so', () => {
    const file = filledDatabase();
    const ownLog = createRecordingLog();
    const failing: Migration = {
      version: next + 1,
      name: 'failing',
      up(execute) {
        execute('DROP TABLE web_sessions');
        execute('UPDATE conversations SET id = NULL');
      },
    };
    const migrations = [...allMigrations, addTable, failing];
    const error = failureOf(() => openDatabase({ path: file, key: testKey, log: ownLog, migrations }));
    expect(error.code).toBe('INTERNAL');
    expect(error.message).toContain('left as it was');
    const copy = copyOf(file);
    expect(error.message).toContain(copy);
    expect(ownLog.entries.some(({ level, message }) => level === 'error' && message.includes('migration'))).toBe(true);
    expectIntact(file);
    expectIntact(copy);
    using database = open(file);
    expect(database.all(sql`SELECT * FROM web_sessions`.compile(build))).toEqual([]);
    expect(() => database.all(sql`SELECT * FROM added`.compile(build))).toThrow(/no such table/);
  });

  test('that breaks a reference is undone', () => {
    const file = filledDatabase();
    const breaking: Migration = {
      version: next,
      name: 'breaking',
      up(execute) {
        execute('CREATE TABLE child (id TEXT REFERENCES conversations (id) DEFERRABLE INITIALLY DEFERRED)');
        execute("INSERT INTO child VALUES ('nobody')");
      },
    };
    expect(failureOf(() => open(file, [...allMigrations, breaking])).code).toBe('INTERNAL');
    expectIntact(file);
  });

  test('takes no copy of a database that did not exist', () => {
    const file = path.join(tempFolder(), 'clawdbot.db');
    open(file, [...allMigrations, addTable])[Symbol.dispose]();
    expect(existsSync(path.join(path.dirname(file), 'snapshots'))).toBe(false);
  });

  test('of a newer app makes the older one stop with a way back', () => {
    const file = filledDatabase();
    open(file, [...allMigrations, addTable])[Symbol.dispose]();
    const before = readFileSync(file);
    const error = failureOf(() => open(file));
    const code: ErrorCode = 'DATABASE_TOO_NEW';
    expect(error.code).toBe(code);
    expect(error.data).toEqual({ path: file, databaseVersion: next, appVersion: next - 1 });
    expect(error.message).toContain(path.join(path.dirname(file), 'snapshots'));
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('list with a gap is refused', () => {
    const file = path.join(tempFolder(), 'clawdbot.db');
    expect(() => open(file, [...allMigrations, { ...addTable, version: next + 1 }])).toThrow(
      `has number ${next + 1}, expected ${next}`,
    );
  });

  test('of a database that another program reads waits for a better time', () => {
    const file = filledDatabase();
    const reader = new Sqlite(file);
    reader.pragma(`cipher = 'sqlcipher'`);
    reader.pragma('legacy = 4');
    reader.key(Buffer.from(`x'${Buffer.from(testKey).toString('hex')}'`));
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM conversations').get();
    {
      using database = open(file);
      database.run(sql`UPDATE conversations SET title = 'newer' WHERE id = 'c1'`.compile(build));
      expect(failureOf(() => open(file, [...allMigrations, addTable])).code).toBe('DATABASE_LOCKED');
    }
    reader.close();
    expectIntact(file);
  });
});
