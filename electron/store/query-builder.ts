import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';

import type { Schema } from './schema.ts';

/**
 * Builds and types statements; it never runs one. The database answers synchronously, which is what lets a snapshot and
 * the changes after it follow each other without a gap, so statements are compiled here and run by `Database`.
 */
export const build = new Kysely<Schema>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (kysely) => new SqliteIntrospector(kysely),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});
