import type { Migration } from './migration.ts';

export const tasks: Migration = {
  version: 11,
  name: 'tasks',
  up(execute) {
    execute(`
      ALTER TABLE messages ADD COLUMN task TEXT;

      CREATE TABLE task_results (
        key TEXT NOT NULL PRIMARY KEY,
        text TEXT NOT NULL,
        made_at INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE task_result_documents (
        key TEXT NOT NULL REFERENCES task_results (key) ON DELETE CASCADE,
        document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        PRIMARY KEY (key, document_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX task_result_documents_by_document ON task_result_documents (document_id);
    `);
    // What a model wrote about a document goes with it, also when its row goes by a cascade.
    execute(`
      CREATE TRIGGER task_results_forgotten AFTER DELETE ON task_result_documents BEGIN
        DELETE FROM task_results WHERE key = old.key;
      END;
    `);
  },
};
