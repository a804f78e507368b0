import type { Migration } from './migration.ts';

export const documents: Migration = {
  version: 8,
  name: 'documents',
  up(execute) {
    execute(`
      CREATE TABLE documents (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        size_bytes INTEGER NOT NULL,
        format TEXT,
        language TEXT,
        report TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        removed_at INTEGER
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX documents_by_content ON documents (sha256);
      CREATE INDEX documents_removed ON documents (removed_at) WHERE removed_at IS NOT NULL;

      CREATE TABLE passages (
        row_id INTEGER PRIMARY KEY,
        document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        seq INTEGER NOT NULL,
        page INTEGER NOT NULL,
        heading TEXT NOT NULL,
        text TEXT NOT NULL,
        places TEXT NOT NULL
      ) STRICT;
      CREATE UNIQUE INDEX passages_by_document ON passages (document_id, seq);

      CREATE TABLE message_documents (
        message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        PRIMARY KEY (message_id, position)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX message_documents_by_document ON message_documents (document_id);
    `);
    // Its words come from outside: Chinese is cut into pairs of characters there, which no tokenizer of SQLite does.
    execute(`
      CREATE VIRTUAL TABLE passages_words USING fts5 (
        words, content = '', contentless_delete = 1, tokenize = "porter unicode61 remove_diacritics 2"
      );
      CREATE TRIGGER passages_deleted AFTER DELETE ON passages BEGIN
        DELETE FROM passages_words WHERE rowid = old.row_id;
      END;
    `);
  },
};
