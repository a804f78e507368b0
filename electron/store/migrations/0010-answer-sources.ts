import type { Migration } from './migration.ts';

export const answerSources: Migration = {
  version: 10,
  name: 'answer sources',
  up(execute) {
    // Without a reference to the documents: an answer still says what it was given when that is gone.
    execute(`
      CREATE TABLE answer_readings (
        message_id TEXT NOT NULL PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('whole', 'found', 'nothing')),
        given INTEGER NOT NULL,
        marks TEXT
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX answer_readings_unmarked ON answer_readings (message_id) WHERE marks IS NULL;

      CREATE TABLE answer_sources (
        message_id TEXT NOT NULL REFERENCES answer_readings (message_id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        document_id TEXT NOT NULL,
        document_name TEXT NOT NULL,
        seq INTEGER NOT NULL,
        page INTEGER NOT NULL,
        unit TEXT NOT NULL,
        heading TEXT NOT NULL,
        shown INTEGER NOT NULL DEFAULT 1 CHECK (shown IN (0, 1)),
        PRIMARY KEY (message_id, number)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX answer_sources_shown ON answer_sources (message_id, number) WHERE shown = 1;
    `);
  },
};
