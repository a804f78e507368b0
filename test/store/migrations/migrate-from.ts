import path from 'node:path';
import { sql } from 'kysely';

import type { Database } from '../../../electron/store/database.ts';
import { allMigrations } from '../../../electron/store/migrations/all-migrations.ts';
import { build } from '../../../electron/store/query-builder.ts';
import { openTempDatabase } from '../temp-database.ts';
import { tempFolder } from '../temp-folder.ts';

/** A database of an earlier version, filled by the statements, and opened by the present one. */
export function migrateFrom(version: number, statements: readonly string[]): Database {
  const file = path.join(tempFolder(), 'clawdbot.db');
  const old = openTempDatabase({ path: file, migrations: allMigrations.slice(0, version) });
  for (const statement of statements) old.run(sql.raw(statement).compile(build));
  old[Symbol.dispose]();
  return openTempDatabase({ path: file });
}
