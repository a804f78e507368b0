import { sql, type Selectable } from 'kysely';

import type { Database } from './database.ts';
import type { DocumentRecord, DocumentStore } from './document-store.ts';
import { build } from './query-builder.ts';
import type { DocumentsTable, PassagesTable } from './schema.ts';
import { condemned } from './stored-bin.ts';
import { createStoredPassages, toPassage } from './stored-passages.ts';

export function createStoredDocuments(database: Database): DocumentStore {
  const living = build.selectFrom('documents').selectAll().where('removed_at', 'is', null);
  const writing = createStoredPassages(database);
  return {
    ...writing,

    insert({ passages, ...document }) {
      database.transaction(() => {
        writing.begin(document);
        writing.append(document.id, 0, passages);
        writing.finish(document.id, document.report);
      });
    },

    rename(documentId, name, words) {
      database.transaction(() => {
        database.run(build.updateTable('documents').set({ name }).where('id', '=', documentId).compile());
        const forget = database.prepare<[string, number]>(
          'DELETE FROM passages_words WHERE rowid = (SELECT row_id FROM passages WHERE document_id = ? AND seq = ?)',
        );
        const insertWords = database.prepare<[string, string, number]>(
          'INSERT INTO passages_words (rowid, words) SELECT row_id, ? FROM passages WHERE document_id = ? AND seq = ?',
        );
        for (const [seq, own] of words.entries()) {
          forget(documentId, seq);
          insertWords(own.join(' '), documentId, seq);
        }
      });
    },

    find(documentId) {
      const row = database.first(living.where('id', '=', documentId).compile());
      return row && toDocument(row);
    },

    findContent(sha256, name) {
      const same = living.where('sha256', '=', sha256).where('name', '=', name);
      const row = database.first(same.orderBy('created_at', 'desc').limit(1).compile());
      return row && toDocument(row);
    },

    contents() {
      const query = build.selectFrom('documents').select('sha256').distinct();
      return database.all(query.compile()).map(({ sha256 }) => sha256);
    },

    list(limit) {
      return database.all(living.orderBy('created_at', 'desc').orderBy('id').limit(limit).compile()).map(toDocument);
    },

    passages(documentId) {
      const query = build.selectFrom('passages').selectAll().where('document_id', '=', documentId).orderBy('seq');
      return database.all(query.compile()).map(toPassage);
    },

    passagesAt(documentId, seqs) {
      if (seqs.length === 0) return [];
      const query = build
        .selectFrom('passages')
        .selectAll()
        .where('document_id', '=', documentId)
        .where('seq', 'in', [...seqs])
        .orderBy('seq');
      return database.all(query.compile()).map(toPassage);
    },

    search(documentIds, words, limit, collectionIds = []) {
      if (documentIds.length + collectionIds.length === 0 || words.length === 0) return [];
      const match = words.map(quote).join(' OR ');
      const query = sql<Selectable<PassagesTable> & { rank: number }>`SELECT p.*, w.rank FROM passages_words w
        CROSS JOIN passages p ON p.row_id = w.rowid
        JOIN documents d ON d.id = p.document_id
        WHERE w.words MATCH ${match} AND d.removed_at IS NULL
          AND (p.document_id IN (${sql.join(documentIds)}) OR p.document_id IN (${members(collectionIds)}))
        ORDER BY w.rank, p.document_id, p.seq LIMIT ${limit}`;
      return database.all(query.compile(build)).map((row) => ({ ...toPassage(row), score: -row.rank }));
    },

    inCollections(collectionIds, limit) {
      if (collectionIds.length === 0) return [];
      const query = sql<{ id: string }>`SELECT d.id FROM documents d INDEXED BY documents_listed
        WHERE d.id IN (${members(collectionIds)}) AND d.removed_at IS NULL LIMIT ${limit}`;
      return database.all(query.compile(build)).map(({ id }) => id);
    },

    attach(messageId, documentIds) {
      if (documentIds.length === 0) return;
      const rows = documentIds.map((id, position) => ({ message_id: messageId, position, document_id: id }));
      database.run(build.insertInto('message_documents').values(rows).compile());
    },

    ofConversation(conversationId) {
      // From the few links to their messages, not from a long conversation to its links.
      const query = sql<{
        messageId: string;
        documentId: string;
      }>`SELECT l.message_id AS "messageId", d.id AS "documentId"
        FROM message_documents l CROSS JOIN messages m ON m.id = l.message_id JOIN documents d ON d.id = l.document_id
        WHERE m.conversation_id = ${conversationId} AND d.removed_at IS NULL ORDER BY m.seq, l.position`;
      return database.all(query.compile(build));
    },

    remove(documentId, atMs) {
      const change = build
        .updateTable('documents')
        .set({ removed_at: atMs })
        .where('id', '=', documentId)
        .where('removed_at', 'is', null);
      return database.run(change.compile()) > 0;
    },

    restore(documentId) {
      const change = build
        .updateTable('documents')
        .set({ removed_at: null })
        .where('id', '=', documentId)
        .where('removed_at', '>', condemned)
        .where('id', 'not in', build.selectFrom('unfinished_documents').select('document_id'));
      return database.run(change.compile()) > 0;
    },

    purge(removedBeforeMs) {
      return database.run(build.deleteFrom('documents').where('removed_at', '<', removedBeforeMs).compile());
    },

    purgeUnsent(createdBeforeMs) {
      return database.run(
        sql`DELETE FROM documents WHERE created_at < ${createdBeforeMs}
          AND NOT EXISTS (SELECT 1 FROM message_documents l WHERE l.document_id = documents.id)
          AND NOT EXISTS (SELECT 1 FROM collection_documents l WHERE l.document_id = documents.id)`.compile(build),
      );
    },
  };
}

function members(collectionIds: readonly string[]) {
  return sql`SELECT document_id FROM collection_documents WHERE collection_id IN (${sql.join(collectionIds)})`;
}

/** In quotes nothing of it is an operator. */
function quote(word: string): string {
  return `"${word.replaceAll('"', '""')}"`;
}

export function toDocument(row: Selectable<DocumentsTable>): DocumentRecord {
  return {
    id: row.id,
    name: row.name,
    sha256: row.sha256,
    sizeBytes: row.size_bytes,
    format: row.format,
    language: row.language,
    report: row.report,
    createdAt: row.created_at,
  };
}
