import { rmSync } from 'node:fs';
import { sql } from 'kysely';

import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { type Database, openDatabase, type DatabaseOptions } from './database.ts';
import { build } from './query-builder.ts';

/** What belongs to the machine and to the present, not to the conversations: it stays as it is when they go back in time. */
const presentTables = ['web_sessions', 'notes'] as const;

/**
 * Makes a copy of a snapshot ready to take a database's place: brings it to the newest version and gives it what stays
 * as it is, from `present` where there is one. Afterwards the file is whole and has no side files.
 *
 * @throws SNAPSHOT_UNUSABLE; the file is then deleted
 */
export function prepareReplacement(
  file: string,
  options: Pick<DatabaseOptions, 'key' | 'log' | 'migrations' | 'clock'>,
  present: Database | undefined,
): void {
  try {
    using replacement = openDatabase({ ...options, path: file, kept: 'no' });
    replacement.transaction(() => {
      for (const table of presentTables) {
        replacement.run(sql`DELETE FROM ${sql.table(table)}`.compile(build));
        const rows = present?.all(sql<Record<string, unknown>>`SELECT * FROM ${sql.table(table)}`.compile(build)) ?? [];
        for (const row of rows) {
          replacement.run(
            sql`INSERT INTO ${sql.table(table)} (${sql.join(Object.keys(row).map((name) => sql.ref(name)))})
              VALUES (${sql.join(Object.values(row))})`.compile(build),
          );
        }
      }
    });
  } catch (error) {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
    throw snapshotUnusable(file, error instanceof Error ? error.message : String(error), error);
  }
}

export function snapshotUnusable(id: string, reason: string, cause?: unknown): ClawdbotError {
  return new ClawdbotError(
    'SNAPSHOT_UNUSABLE',
    `This snapshot cannot be used: ${reason}. Nothing was changed. Choose another one.`,
    { id, reason },
    { cause },
  );
}
