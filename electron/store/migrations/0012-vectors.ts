import type { Migration } from './migration.ts';

export const vectors: Migration = {
  version: 12,
  name: 'vectors',
  up(execute) {
    // A large document is written in steps; until the last one it counts as removed and is listed here.
    execute(`
      CREATE TABLE unfinished_documents (
        document_id TEXT NOT NULL PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE
      ) STRICT, WITHOUT ROWID;
    `);
    // Plain tables, not sqlite-vec's own: where its library cannot be loaded, documents can still be read and deleted.
    // Small numbers that are compared with everything lie apart from the exact ones, so that few pages are deciphered.
    // `place` is the document's number * 2^24 + the passage's seq: a document's vectors lie side by side.
    execute(`
      CREATE TABLE embedded_documents (
        number INTEGER PRIMARY KEY,
        document_id TEXT NOT NULL UNIQUE REFERENCES documents (id) ON DELETE CASCADE,
        model TEXT NOT NULL,
        passages INTEGER NOT NULL,
        complete INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE coarse_vectors (place INTEGER PRIMARY KEY, vector BLOB NOT NULL) STRICT;
      CREATE TABLE exact_vectors (place INTEGER PRIMARY KEY, vector BLOB NOT NULL) STRICT;
      CREATE TRIGGER vectors_forgotten AFTER DELETE ON embedded_documents BEGIN
        DELETE FROM coarse_vectors WHERE place >= old.number << 24 AND place < (old.number + 1) << 24;
        DELETE FROM exact_vectors WHERE place >= old.number << 24 AND place < (old.number + 1) << 24;
      END;
      CREATE TABLE embedding_models (
        model TEXT NOT NULL PRIMARY KEY,
        floor REAL NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
