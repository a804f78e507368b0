import type Sqlite from 'better-sqlite3-multiple-ciphers';
import { randomBytes } from 'node:crypto';

import { ClawdbotError, isClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { Log } from '../ports.ts';
import { copyFileWholeSync } from './copy-file.ts';
import type { Migration } from './migrations/migration.ts';
import { nextSnapshotFile, snapshotFolder } from './snapshot-files.ts';
import { translateStoreError } from './sqlite-errors.ts';

export interface MigrateOptions {
  readonly file: string;
  readonly migrations: readonly Migration[];
  /** Whether an existing database is copied first. */
  readonly copied: boolean;
  readonly nowMs: number;
  readonly log: Log;
}

/**
 * Brings a database to the newest version, all steps or none. An existing one is copied into the folder of snapshots
 * first: that copy is the way back to an older version of the app.
 *
 * @throws DATABASE_TOO_NEW, DISK_FULL, DATABASE_LOCKED, INTERNAL when a step failed
 */
export function migrate(connection: Sqlite.Database, options: MigrateOptions): void {
  const { file, migrations, log } = options;
  requireNoGaps(migrations);
  const target = migrations.length;
  const current = Number(connection.pragma('user_version', { simple: true }));
  if (current > target) throw tooNew(file, current, target);
  if (current === target) return;

  const copy = current === 0 || !options.copied ? undefined : copyBeforeMigration(connection, file, options.nowMs);
  const pending = migrations.slice(current);
  try {
    connection
      .transaction(() => {
        for (const migration of pending) migration.up((sql) => connection.exec(sql));
        requireIntactReferences(connection);
        connection.pragma(`user_version = ${target}`);
      })
      .exclusive();
  } catch (error) {
    throw migrationFailed(error, { file, current, target, copy, log });
  }
  log.info({ from: current, to: target, copy }, 'the database was brought to a new version');
}

function requireNoGaps(migrations: readonly Migration[]): void {
  for (const [index, { version, name }] of migrations.entries()) {
    if (version !== index + 1) throw new Error(`Migration "${name}" has number ${version}, expected ${index + 1}.`);
  }
}

function requireIntactReferences(connection: Sqlite.Database): void {
  const broken = connection.prepare('PRAGMA foreign_key_check').get();
  if (broken !== undefined) throw new Error(`A migration broke references: ${JSON.stringify(broken)}`);
}

/** A byte copy: it stays encrypted with the same key. */
function copyBeforeMigration(connection: Sqlite.Database, file: string, nowMs: number): string {
  const copy = nextSnapshotFile(snapshotFolder(file), 'update', nowMs);
  const checkpoint = connection.prepare<[], { busy: number }>('PRAGMA wal_checkpoint(TRUNCATE)').get();
  if (checkpoint?.busy !== 0) {
    throw new ClawdbotError(
      'DATABASE_LOCKED',
      `Another program is reading the database ${file}, so it cannot be copied before the update. Close it and start again; nothing was changed.`,
      { path: file },
    );
  }
  copyFileWholeSync(file, copy);
  return copy;
}

function tooNew(file: string, databaseVersion: number, appVersion: number): ClawdbotError {
  return new ClawdbotError(
    'DATABASE_TOO_NEW',
    `The database ${file} was written by a newer Clawdbot (format ${databaseVersion}, this one knows ${appVersion}). ` +
      `Update Clawdbot, or put the copy made before that update in its place: the newest file in ${snapshotFolder(file)} whose name ends in "-update.db" or "-update.checked.db". Nothing was changed.`,
    { path: file, databaseVersion, appVersion },
  );
}

function migrationFailed(
  error: unknown,
  facts: { file: string; current: number; target: number; copy: string | undefined; log: Log },
): unknown {
  const { file, current, target, copy, log } = facts;
  const translated = translateStoreError(error, file);
  if (isClawdbotError(translated)) return translated;
  const reference = randomBytes(4).toString('hex');
  log.error({ reference, from: current, to: target, err: error }, 'a migration failed and was undone');
  return new ClawdbotError(
    'INTERNAL',
    `The database could not be brought from format ${current} to ${target}. It was left as it was` +
      `${copy === undefined ? '' : `, and a copy lies at ${copy}`}. Go back to the Clawdbot you had; the log has the details under ${reference}.`,
    { reference },
    { cause: error },
  );
}
