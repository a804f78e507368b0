import type { Migration } from './migration.ts';

export const notes: Migration = {
  version: 2,
  name: 'notes',
  up(execute) {
    execute(`CREATE TABLE notes (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;`);
  },
};
