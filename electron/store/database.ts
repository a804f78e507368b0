import Sqlite from 'better-sqlite3-multiple-ciphers';
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import type { CompiledQuery } from 'kysely';

import { ClawdbotError, hasCode } from '../../shared/errors/clawdbot-error.ts';
import type { Clock, Log } from '../ports.ts';
import { isRememberedKey, keyWrong, rememberKey, unlock } from './cipher.ts';
import { copyFileWhole, copyFileWholeSync, syncFile } from './copy-file.ts';
import { migrate } from './migrate.ts';
import { allMigrations } from './migrations/all-migrations.ts';
import type { Migration } from './migrations/migration.ts';
import { shortTerms } from './short-terms.ts';
import { translateStoreError } from './sqlite-errors.ts';
import { createStatementCache } from './statement-cache.ts';
import { loadVectorExtension } from './vector-extension.ts';

export interface DatabaseOptions {
  readonly path: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
  readonly log: Log;
  /** Dates the copies. Default: the system's. */
  readonly clock?: Clock;
  /** `no`: neither copied before a migration nor is its key remembered; for a file that is a copy itself. Default: `yes`. */
  readonly kept?: 'yes' | 'no';
  /** Another list than the released one; for tests. */
  readonly migrations?: readonly Migration[];
  /** Lets the file grow to so many pages of 4 KiB and no further; for tests of a full disk. */
  readonly maxPages?: number;
  /** Another library for vectors than sqlite-vec's; for tests. */
  readonly vectorLibrary?: string;
  /** Called with each statement before it runs, without its values; for tests of query plans. */
  readonly trace?: (sql: string) => void;
}

type SqlValue = string | number | Uint8Array | null;

/** An open database. Its calls are synchronous and throw translated errors only (see sqlite-errors.ts). */
export interface Database extends Disposable {
  readonly path: string;
  /** Grows when another file took the place of this one: what was remembered of it is outdated. */
  readonly generation: number;
  /** Says that what was remembered of it is outdated, without another file. */
  renew(): void;
  /** Why vectors cannot be compared, as an English sentence; null when they can. */
  readonly vectorProblem: string | null;
  /** Of the file on the disk, without what is in the log beside it. */
  readonly sizeBytes: number;
  all<R>(query: CompiledQuery<R>): R[];
  first<R>(query: CompiledQuery<R>): R | undefined;
  /** Answers how many rows changed. */
  run(query: CompiledQuery<unknown>): number;
  /** For the few statements that run for every piece of an answer: no building, no lookup. */
  prepare<P extends SqlValue[]>(sql: string): (...values: P) => number;
  /** All or nothing. Nested calls join the outer one. */
  transaction<T>(work: () => T): T;
  /**
   * Copies the database as it is now to a file that does not exist yet, while it is being used.
   * @throws DISK_FULL, DATABASE_LOCKED, DATA_DIRECTORY_UNUSABLE
   */
  copyTo(file: string, signal?: AbortSignal): Promise<void>;
  /**
   * Puts another whole database file in the place of this one, which stays under the name `keptAs`. At any moment one of
   * the two is there, whole. When it fails the old one goes on.
   * @throws DATABASE_LOCKED, DISK_FULL, DATA_DIRECTORY_UNUSABLE
   */
  replaceWith(file: string, keptAs: string): void;
}

/** Waiting blocks the whole process, so not for long; the data directory's lock keeps other Clawdbots away anyway. */
const busyTimeoutMs = 500;
/** Every page that is not kept has to be deciphered again; a search walks through hundreds. Used only as it fills. */
const cacheKibibytes = 32 * 1024;
const journalSizeLimitBytes = 16 * 1024 * 1024;
/** SQLite's own default. */
const autoCheckpointPages = 1000;

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
    migrate(connection, {
      file,
      migrations: options.migrations ?? allMigrations,
      copied: options.kept !== 'no',
      nowMs: options.clock?.now() ?? Date.now(),
      log,
    });
  } catch (error) {
    connection.close();
    throw explainOpening(error, file, key);
  }
  try {
    if (options.kept !== 'no') rememberKey(file, key);
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

function createDatabase(first: Sqlite.Database, options: DatabaseOptions): Database {
  const { path: file, trace } = options;
  let connection = first;
  let generation = 0;
  let vectorProblem = loadVectorExtension(first, options.vectorLibrary);
  let copying: Promise<void> = Promise.resolve();
  const ended = new AbortController();

  const guard = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw translateStoreError(error, file);
    }
  };
  let statements = createStatementCache(connection);
  const prepare = <R>(sql: string): Sqlite.Statement<unknown[], R> => {
    trace?.(sql);
    return statements.prepare(sql);
  };

  /** Without a checkpoint nothing writes the file itself, only the log beside it: what is copied is one moment. */
  const copy = async (target: string, signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    const source = connection;
    guard(() => {
      emptyLog(source, file);
      source.pragma('wal_autocheckpoint = 0');
    });
    try {
      await copyFileWhole(file, target, signal);
    } finally {
      if (source === connection && !ended.signal.aborted) source.pragma(`wal_autocheckpoint = ${autoCheckpointPages}`);
    }
  };

  return {
    path: file,
    renew() {
      generation += 1;
    },
    get sizeBytes() {
      return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    },
    get vectorProblem() {
      return vectorProblem;
    },
    get generation() {
      return generation;
    },
    all: <R>({ sql, parameters }: CompiledQuery<R>) => guard(() => prepare<R>(sql).all(...parameters)),
    first: <R>({ sql, parameters }: CompiledQuery<R>) => guard(() => prepare<R>(sql).get(...parameters)),
    run: ({ sql, parameters }) => guard(() => prepare(sql).run(...parameters).changes),
    prepare<P extends SqlValue[]>(sql: string) {
      let statement = guard(() => prepare(sql));
      let preparedFor = generation;
      return (...values: P) =>
        guard(() => {
          if (preparedFor !== generation) {
            statement = prepare(sql);
            preparedFor = generation;
          }
          return statement.run(...values).changes;
        });
    },
    // Immediate: a transaction that begins with a read and writes later could find the database taken half-way.
    transaction: <T>(work: () => T): T => guard(() => connection.transaction(work).immediate()),
    copyTo(target, signal) {
      const stopped = signal === undefined ? ended.signal : AbortSignal.any([signal, ended.signal]);
      // One after the other: each holds the file still while it is copied.
      const copied = copying.then(() => copy(target, stopped));
      copying = copied.catch(() => undefined);
      return copied;
    },
    replaceWith(replacement, keptAs) {
      guard(() => {
        emptyLog(connection, file);
        connection.close();
        try {
          if (existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0) throw locked(file);
          keepUnder(file, keptAs);
          try {
            renameSync(replacement, file);
          } catch (error) {
            // A second name of the file that goes on being written is no copy.
            rmSync(keptAs, { force: true });
            throw error;
          }
          syncFile(path.dirname(file));
        } finally {
          connection = connect(file);
          configure(connection, options);
          statements = createStatementCache(connection);
          vectorProblem = loadVectorExtension(connection, options.vectorLibrary);
          generation += 1;
        }
      });
    },
    [Symbol.dispose]() {
      ended.abort();
      guard(() => connection.close());
    },
  };
}

/** Moves everything from the log into the file. */
function emptyLog(connection: Sqlite.Database, file: string): void {
  const checkpoint = connection.prepare<[], { busy: number }>('PRAGMA wal_checkpoint(TRUNCATE)').get();
  if (checkpoint?.busy !== 0) throw locked(file);
}

/** A second name for the same file, or a copy where the disk knows no second names. */
function keepUnder(file: string, keptAs: string): void {
  try {
    linkSync(file, keptAs);
  } catch {
    copyFileWholeSync(file, keptAs);
  }
}

function locked(file: string): ClawdbotError {
  return new ClawdbotError(
    'DATABASE_LOCKED',
    `Another program is reading the database ${file}, so it cannot be copied. Close it and try again; nothing was changed.`,
    { path: file },
  );
}
