import type { Migration } from './migration.ts';

export const turns: Migration = {
  version: 5,
  name: 'turns',
  up(execute) {
    execute(`
      CREATE TABLE turns (
        message_id TEXT NOT NULL PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
        progress TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      ALTER TABLE messages ADD COLUMN interrupted_in TEXT;
    `);
  },
};
