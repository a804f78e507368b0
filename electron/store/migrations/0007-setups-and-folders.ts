import type { Migration } from './migration.ts';

export const setupsAndFolders: Migration = {
  version: 7,
  name: 'setups and folders',
  up(execute) {
    execute(`
      CREATE TABLE conversation_setups (
        conversation_id TEXT NOT NULL PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
        setup TEXT NOT NULL
      ) STRICT;
      CREATE TABLE presets (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        setup TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        removed_at INTEGER
      ) STRICT;
      CREATE TABLE folders (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        collapsed INTEGER NOT NULL DEFAULT 0 CHECK (collapsed IN (0, 1)),
        created_at INTEGER NOT NULL,
        removed_at INTEGER
      ) STRICT;
      ALTER TABLE conversations ADD COLUMN folder_id TEXT REFERENCES folders (id) ON DELETE SET NULL;
      CREATE INDEX conversations_in_folders ON conversations (folder_id, updated_at, id) WHERE folder_id IS NOT NULL;
    `);
  },
};
