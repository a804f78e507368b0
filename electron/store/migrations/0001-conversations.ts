import type { Migration } from './migration.ts';

export const conversations: Migration = {
  version: 1,
  name: 'conversations',
  up(execute) {
    // An explicit row_id, because the text indexes refer to it and an implicit rowid may change in a VACUUM.
    execute(`
      CREATE TABLE conversations (
        row_id INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        title_source TEXT NOT NULL CHECK (title_source IN ('none', 'message', 'person')),
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
        head_message_id TEXT REFERENCES messages (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
        model_id TEXT,
        removed_at INTEGER
      ) STRICT;
      CREATE INDEX conversations_by_update ON conversations (updated_at, id) WHERE removed_at IS NULL;
      CREATE INDEX conversations_pinned ON conversations (updated_at, id) WHERE pinned = 1 AND removed_at IS NULL;
      CREATE INDEX conversations_removed ON conversations (removed_at) WHERE removed_at IS NOT NULL;
      CREATE INDEX conversations_by_head ON conversations (head_message_id);
    `);

    // parent_id does not cascade: a cascade through a thread goes as deep as the thread is long, and SQLite stops at 1000.
    execute(`
      CREATE TABLE messages (
        row_id INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        parent_id TEXT REFERENCES messages (id) DEFERRABLE INITIALLY DEFERRED,
        seq INTEGER NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
        text TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('running', 'done', 'stopped', 'interrupted', 'failed')),
        created_at INTEGER NOT NULL,
        model_id TEXT,
        model_name TEXT,
        error TEXT,
        stats TEXT,
        removed_at INTEGER,
        removed_by TEXT,
        removed_head_id TEXT,
        request_id TEXT UNIQUE
      ) STRICT;
      CREATE UNIQUE INDEX messages_by_seq ON messages (conversation_id, seq);
      CREATE INDEX messages_by_parent ON messages (parent_id, conversation_id, seq);
      CREATE INDEX messages_running ON messages (state) WHERE state = 'running';
      CREATE INDEX messages_removed ON messages (removed_at) WHERE removed_at IS NOT NULL;
      CREATE INDEX messages_removed_by ON messages (removed_by) WHERE removed_by IS NOT NULL;
    `);

    execute(`
      CREATE TABLE message_journal (
        message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
        seq INTEGER NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (message_id, seq)
      ) STRICT, WITHOUT ROWID;
    `);

    // Trigrams find any three characters in a row, also in text without spaces between words. Two spaces are put after
    // each text so that every two characters begin a trigram as well: two-character words are found by prefix.
    for (const [table, column] of [
      ['messages', 'text'],
      ['conversations', 'title'],
    ] as const) {
      execute(`
        CREATE VIRTUAL TABLE ${table}_text USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'trigram');
        CREATE VIRTUAL TABLE ${table}_terms USING fts5vocab (${table}_text, row);
        CREATE TRIGGER ${table}_text_insert AFTER INSERT ON ${table} WHEN new.${column} <> '' BEGIN
          INSERT INTO ${table}_text (rowid, words) VALUES (new.row_id, new.${column} || '  ');
        END;
        CREATE TRIGGER ${table}_text_update AFTER UPDATE OF ${column} ON ${table} WHEN old.${column} <> new.${column} BEGIN
          DELETE FROM ${table}_text WHERE rowid = old.row_id;
          INSERT INTO ${table}_text (rowid, words) SELECT new.row_id, new.${column} || '  ' WHERE new.${column} <> '';
        END;
        CREATE TRIGGER ${table}_text_delete AFTER DELETE ON ${table} WHEN old.${column} <> '' BEGIN
          DELETE FROM ${table}_text WHERE rowid = old.row_id;
        END;
      `);
    }

    execute(`
      CREATE TABLE web_sessions (
        token_hash TEXT NOT NULL PRIMARY KEY,
        created_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        last_seen_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX web_sessions_by_expiry ON web_sessions (expires_at);
    `);
  },
};
