import type { Migration } from './migration.ts';

export const summaries: Migration = {
  version: 4,
  name: 'summaries',
  up(execute) {
    // A message has one way to the first one, so a stretch of it belongs to every branch on which its last message lies:
    // editing and switching need no clean-up. Level and order are checked by whoever reads.
    execute(`
      CREATE TABLE summaries (
        id TEXT NOT NULL PRIMARY KEY,
        conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        level INTEGER NOT NULL CHECK (level >= 0),
        first_message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
        last_message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
        message_count INTEGER NOT NULL,
        source_tokens INTEGER NOT NULL,
        text TEXT NOT NULL,
        facts TEXT NOT NULL,
        origin TEXT NOT NULL CHECK (origin IN ('model', 'sentences', 'paste')),
        ready INTEGER NOT NULL CHECK (ready IN (0, 1)),
        created_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX summaries_by_conversation ON summaries (conversation_id, created_at);
      CREATE INDEX summaries_by_first ON summaries (first_message_id);
      CREATE INDEX summaries_by_last ON summaries (last_message_id);
    `);
    // Only the end of a branch can still change, when an answer goes on; then what was made of it is wrong.
    execute(`
      CREATE TRIGGER summaries_outdated AFTER UPDATE OF text ON messages WHEN old.text <> new.text BEGIN
        DELETE FROM summaries WHERE last_message_id = new.id;
      END;
    `);
    execute(`
      CREATE TABLE title_attempts (
        conversation_id TEXT NOT NULL PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
        message_id TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
