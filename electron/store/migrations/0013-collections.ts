import type { Migration } from './migration.ts';

export const collections: Migration = {
  version: 13,
  name: 'collections',
  up(execute) {
    execute(`
      CREATE TABLE collections (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        removed_at INTEGER
      ) STRICT;
      CREATE TABLE collection_documents (
        collection_id TEXT NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
        document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        added_at INTEGER NOT NULL,
        PRIMARY KEY (collection_id, document_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX collection_documents_by_document ON collection_documents (document_id);

      CREATE TABLE watched_folders (
        collection_id TEXT NOT NULL PRIMARY KEY REFERENCES collections (id) ON DELETE CASCADE,
        path TEXT NOT NULL,
        identity TEXT,
        paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
        checked_at INTEGER
      ) STRICT;
      CREATE TABLE watched_files (
        row_id INTEGER PRIMARY KEY,
        collection_id TEXT NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
        path TEXT NOT NULL,
        size_bytes INTEGER NOT NULL,
        modified_ms INTEGER NOT NULL,
        file_id TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('waiting', 'read', 'failed')),
        document_id TEXT REFERENCES documents (id) ON DELETE SET NULL,
        sha256 TEXT,
        problem TEXT
      ) STRICT;
      CREATE UNIQUE INDEX watched_files_by_path ON watched_files (collection_id, path);
      CREATE INDEX watched_files_by_state ON watched_files (collection_id, state);
      CREATE INDEX watched_files_by_file ON watched_files (collection_id, file_id);
      CREATE INDEX watched_files_by_document ON watched_files (document_id) WHERE document_id IS NOT NULL;
    `);
    // Rows of documents are long, for their reports; a list reads and sorts by this alone.
    execute('CREATE INDEX documents_listed ON documents (id, name, size_bytes, created_at, removed_at)');
    // A document of a collection stays when the last message that was sent with it goes.
    execute(`
      DROP TRIGGER documents_forgotten;
      CREATE TRIGGER documents_forgotten AFTER DELETE ON message_documents
        WHEN NOT EXISTS (SELECT 1 FROM message_documents WHERE document_id = old.document_id)
          AND NOT EXISTS (SELECT 1 FROM collection_documents WHERE document_id = old.document_id) BEGIN
        DELETE FROM documents WHERE id = old.document_id;
      END;
    `);
  },
};
