import type { Migration } from './migration.ts';

export const thoughts: Migration = {
  version: 3,
  name: 'thoughts',
  up(execute) {
    execute(`
      ALTER TABLE messages ADD COLUMN thought TEXT NOT NULL DEFAULT '';
      ALTER TABLE messages ADD COLUMN thought_ms INTEGER;
      ALTER TABLE message_journal ADD COLUMN part TEXT NOT NULL DEFAULT 'text' CHECK (part IN ('text', 'thought'));
    `);
  },
};
