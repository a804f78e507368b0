import type Sqlite from 'better-sqlite3-multiple-ciphers';

/** Statements of one connection that were compiled before. */
export interface StatementCache {
  /** Its rows are of the type that the query says: `never` fits each. */
  prepare(sql: string): Sqlite.Statement<unknown[], never>;
}

/** The app asks fewer different questions; lists of ids make statements of every length. */
const mostKept = 256;

/** Compiling a statement takes longer than most take to run. Those that were not used longest are let go first. */
export function createStatementCache(connection: Sqlite.Database): StatementCache {
  const kept = new Map<string, Sqlite.Statement<unknown[], never>>();
  return {
    prepare(sql) {
      const known = kept.get(sql);
      const statement = known ?? connection.prepare<unknown[], never>(sql);
      kept.delete(sql);
      kept.set(sql, statement);
      for (const oldest of kept.keys()) {
        if (kept.size <= mostKept) break;
        kept.delete(oldest);
      }
      return statement;
    },
  };
}
