import type { Migration } from './migration.ts';

/**
 * Indexes for a million messages. Trigrams without positions: a third of the size, and a word is certain only when
 * its text was compared. And what one and two characters are looked up by (short-terms.ts gives `short_terms`).
 */
export const search: Migration = {
  version: 6,
  name: 'search',
  up(execute) {
    for (const [table, column] of [
      ['messages', 'text'],
      ['conversations', 'title'],
    ] as const) {
      execute(`
        DROP TRIGGER ${table}_text_insert;
        DROP TRIGGER ${table}_text_update;
        DROP TRIGGER ${table}_text_delete;
        DROP TABLE ${table}_terms;
        DROP TABLE ${table}_text;
        CREATE VIRTUAL TABLE ${table}_text
          USING fts5 (words, content = '', contentless_delete = 1, detail = 'none', tokenize = 'trigram');
        CREATE VIRTUAL TABLE ${table}_short
          USING fts5 (words, content = '', contentless_delete = 1, detail = 'none', tokenize = 'ascii');
        INSERT INTO ${table}_text (rowid, words) SELECT row_id, ${column} FROM ${table} WHERE ${column} <> '';
        INSERT INTO ${table}_short (rowid, words) SELECT row_id, short_terms(${column}) FROM ${table} WHERE ${column} <> '';
        CREATE TRIGGER ${table}_text_insert AFTER INSERT ON ${table} WHEN new.${column} <> '' BEGIN
          INSERT INTO ${table}_text (rowid, words) VALUES (new.row_id, new.${column});
          INSERT INTO ${table}_short (rowid, words) VALUES (new.row_id, short_terms(new.${column}));
        END;
        CREATE TRIGGER ${table}_text_update AFTER UPDATE OF ${column} ON ${table} WHEN old.${column} <> new.${column} BEGIN
          DELETE FROM ${table}_text WHERE rowid = old.row_id;
          DELETE FROM ${table}_short WHERE rowid = old.row_id;
          INSERT INTO ${table}_text (rowid, words) SELECT new.row_id, new.${column} WHERE new.${column} <> '';
          INSERT INTO ${table}_short (rowid, words)
            SELECT new.row_id, short_terms(new.${column}) WHERE new.${column} <> '';
        END;
        CREATE TRIGGER ${table}_text_delete AFTER DELETE ON ${table} WHEN old.${column} <> '' BEGIN
          DELETE FROM ${table}_text WHERE rowid = old.row_id;
          DELETE FROM ${table}_short WHERE rowid = old.row_id;
        END;
      `);
    }
    execute(`CREATE INDEX messages_by_time ON messages (created_at);`);
  },
};
