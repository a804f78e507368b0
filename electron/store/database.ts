import Sqlite from 'better-sqlite3-multiple-ciphers';
import { accessSync, closeSync, constants, openSync } from 'node:fs';
import path from 'node:path';
import type { CompiledQuery } from 'kysely';

import { hasCode } from '../../shared/errors/clawdbot-error.ts';
import type { Log } from '../ports.ts';
import { isRememberedKey, keyWrong, rememberKey, unlock } from './cipher.ts';
import { migrate } from './migrate.ts';
import { allMigrations } from './migrations/all-migrations.ts';
import type { Migration } from './migrations/migration.ts';
import { shortTerms } from './short-terms.ts';
import { translateStoreError } from './sqlite-errors.ts';

export interface DatabaseOptions {
  readonly path: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
  readonly log: Log;
  /** Another list than the released one; for tests. */
  readonly migrations?: readonly Migration[];
  /** Lets the file grow to so many pages of 4 KiB and no further; for tests of a full disk. */
  readonly maxPages?: number;
  /** Called with each statement before it runs, without its values; for tests of query plans. */
  readonly trace?: (sql: string) => void;
}

type SqlValue = string | number | Uint8Array | null;

/** An open database. Its calls are synchronous and throw translated errors only (see sqlite-errors.ts). */
export interface Database extends Disposable {
  readonly path: string;
  all<R>(query: CompiledQuery<R>): R[];
  first<R>(query: CompiledQuery<R>): R | undefined;
  /** Answers how many rows changed. */
  run(query: CompiledQuery<unknown>): number;
  /** For the few statements that run for every piece of an answer: no building, no lookup. */
  prepare<P extends SqlValue[]>(sql: string): (...values: P) => number;
  /** All or nothing. Nested calls join the outer one. */
  transaction<T>(work: () => T): T;
}

/** Waiting blocks the whole process, so not for long; the data directory's lock keeps other Clawdbots away anyway. */
const busyTimeoutMs = 500;
/** Every page that is not kept has to be deciphered again; a search walks through hundreds. Used only as it fills. */
const cacheKibibytes = 32 * 1024;
const journalSizeLimitBytes = 16 * 1024 * 1024;

/**
 * Opens the encrypted database, makes it when it is absent, and brings it to the newest version.
 *
 * @throws DATABASE_KEY_WRONG, DATABASE_CORRUPT, DATABASE_LOCKED, DATABASE_TOO_NEW, DATA_DIRECTORY_UNUSABLE, DISK_FULL
 */
export function openDatabase(options: DatabaseOptions): Database {
  const { path: file, key, log } = options;
  const connection = connect(file);
  try {
    configure(connection, options);
    migrate(connection, file, options.migrations ?? allMigrations, log);
  } catch (error) {
    connection.close();
    throw explainOpening(error, file, key);
  }
  try {
    rememberKey(file, key);
  } catch (error) {
    log.warn({ err: error }, 'the fingerprint of the database key could not be written');
  }
  return createDatabase(connection, options);
}

function connect(file: string): Sqlite.Database {
  try {
    accessSync(path.dirname(file), constants.R_OK | constants.W_OK | constants.X_OK);
    // SQLite gives a new database the process's default mode and its side files the mode of the database.
    closeSync(openSync(file, 'a', 0o600));
    return new Sqlite(file, { timeout: busyTimeoutMs });
  } catch (error) {
    throw translateStoreError(error, file);
  }
}

function configure(connection: Sqlite.Database, { key, maxPages }: DatabaseOptions): void {
  unlock(connection, key);
  // The first read: the key is right, or this throws.
  connection.pragma('user_version');
  connection.pragma('journal_mode = WAL');
  // With a WAL, NORMAL survives the death of the process at any point. Only a loss of power can take the last moments
  // (never the database's integrity), and in exchange a piece of an answer costs no fsync before it is shown.
  connection.pragma('synchronous = NORMAL');
  connection.pragma('foreign_keys = ON');
  // The cipher does not cover temporary files.
  connection.pragma('temp_store = MEMORY');
  connection.pragma(`journal_size_limit = ${journalSizeLimitBytes}`);
  connection.pragma(`cache_size = -${cacheKibibytes}`);
  // The triggers that keep the text indexes call it.
  connection.function('short_terms', { deterministic: true }, (text) => shortTerms(String(text)));
  if (maxPages !== undefined) connection.pragma(`max_page_count = ${maxPages}`);
}

function explainOpening(error: unknown, file: string, key: Uint8Array): unknown {
  if (error instanceof Sqlite.SqliteError && error.code === 'SQLITE_NOTADB' && isRememberedKey(file, key) !== true) {
    return keyWrong(file, error);
  }
  const translated = translateStoreError(error, file);
  // A damaged first page says that the key is wrong, a truncated file that it is damaged; with another key both are
  // first of all the wrong key.
  if (hasCode(translated, 'DATABASE_CORRUPT') && isRememberedKey(file, key) === false) return keyWrong(file, error);
  return translated;
}

function createDatabase(connection: Sqlite.Database, options: DatabaseOptions): Database {
  const { path: file, trace } = options;

  const guard = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw translateStoreError(error, file);
    }
  };
  const prepare = <R>(sql: string): Sqlite.Statement<unknown[], R> => {
    trace?.(sql);
    return connection.prepare<unknown[], R>(sql);
  };

  return {
    path: file,
    all: <R>({ sql, parameters }: CompiledQuery<R>) => guard(() => prepare<R>(sql).all(...parameters)),
    first: <R>({ sql, parameters }: CompiledQuery<R>) => guard(() => prepare<R>(sql).get(...parameters)),
    run: ({ sql, parameters }) => guard(() => prepare(sql).run(...parameters).changes),
    prepare<P extends SqlValue[]>(sql: string) {
      const statement = guard(() => prepare(sql));
      return (...values: P) => guard(() => statement.run(...values).changes);
    },
    // Immediate: a transaction that begins with a read and writes later could find the database taken half-way.
    transaction: <T>(work: () => T): T => guard(() => connection.transaction(work).immediate()),
    [Symbol.dispose]() {
      guard(() => connection.close());
    },
  };
}
