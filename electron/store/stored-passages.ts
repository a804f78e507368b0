import type { Selectable } from 'kysely';

import type { Database } from './database.ts';
import type { DocumentWriting, PassageRecord } from './document-store.ts';
import { build } from './query-builder.ts';
import type { PassagesTable } from './schema.ts';

/** Writes documents in steps. Until the last one a document counts as removed, which hides it from everybody. */
export function createStoredPassages(database: Database): DocumentWriting {
  const insertPassage = database.prepare<[string, number, number, string, string, string]>(
    'INSERT INTO passages (document_id, seq, page, heading, text, places) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const insertWords = database.prepare<[string, string, number]>(
    `INSERT INTO passages_words (rowid, words)
     SELECT row_id, ? FROM passages WHERE document_id = ? AND seq = ?`,
  );
  const deletePassages = database.prepare<[string, number]>(
    `DELETE FROM passages WHERE row_id IN (SELECT row_id FROM passages WHERE document_id = ? LIMIT ?)`,
  );

  return {
    begin({ sizeBytes, createdAt, ...rest }) {
      database.transaction(() => {
        const row = { ...rest, size_bytes: sizeBytes, created_at: createdAt, removed_at: createdAt };
        database.run(build.insertInto('documents').values(row).compile());
        database.run(build.insertInto('unfinished_documents').values({ document_id: rest.id }).compile());
      });
    },

    append(documentId, from, passages) {
      database.transaction(() => {
        for (const [index, { page, heading, text, places, words }] of passages.entries()) {
          insertPassage(documentId, from + index, page, heading, text, places);
          insertWords(words.join(' '), documentId, from + index);
        }
      });
    },

    finish(documentId, report) {
      database.transaction(() => {
        database.run(build.deleteFrom('unfinished_documents').where('document_id', '=', documentId).compile());
        const change = build.updateTable('documents').set({ report, removed_at: null }).where('id', '=', documentId);
        database.run(change.compile());
      });
    },

    discard(documentId, limit) {
      return database.transaction(() => {
        if (deletePassages(documentId, limit) === limit) return false;
        database.run(build.deleteFrom('documents').where('id', '=', documentId).compile());
        return true;
      });
    },

    unfinished: () =>
      database
        .all(build.selectFrom('unfinished_documents').select('document_id').compile())
        .map(({ document_id }) => document_id),
  };
}

export function toPassage(row: Selectable<PassagesTable>): PassageRecord {
  return {
    documentId: row.document_id,
    seq: row.seq,
    page: row.page,
    heading: row.heading,
    text: row.text,
    places: row.places,
  };
}
