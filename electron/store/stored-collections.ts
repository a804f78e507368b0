import { sql } from 'kysely';

import type { CollectionRecord, StoredCollections } from './collections.ts';
import type { Database } from './database.ts';
import { build } from './query-builder.ts';
import { condemned } from './stored-bin.ts';
import { toDocument } from './stored-documents.ts';

/** What `sweep` takes in one call; a document takes its passages with it. */
const sweepDocuments = 10;

const orders = {
  name: sql`d.name COLLATE NOCASE`,
  added: sql`d.created_at`,
  size: sql`d.size_bytes`,
} as const;

export function createStoredCollections(database: Database): StoredCollections {
  const columns = sql<CollectionRecord>`c.id, c.name,
    (SELECT count(*) FROM collection_documents l WHERE l.collection_id = c.id)
      - (SELECT count(*) FROM documents d JOIN collection_documents l ON l.document_id = d.id AND l.collection_id = c.id
         WHERE d.removed_at IS NOT NULL) AS documents`;
  const list = (ids: readonly string[]) => sql.join(ids);

  return {
    all: () =>
      database.all(
        sql<CollectionRecord>`SELECT ${columns} FROM collections c WHERE c.removed_at IS NULL
          ORDER BY c.name COLLATE NOCASE, c.id`.compile(build),
      ),
    find: (collectionId) =>
      database.first(
        sql<CollectionRecord>`SELECT ${columns} FROM collections c
          WHERE c.id = ${collectionId} AND c.removed_at IS NULL`.compile(build),
      ),
    insert({ id, name }, atMs) {
      const row = { id, name, created_at: atMs, removed_at: null };
      database.run(build.insertInto('collections').values(row).compile());
    },
    rename(collectionId, name) {
      database.run(build.updateTable('collections').set({ name }).where('id', '=', collectionId).compile());
    },
    remove: (collectionId, atMs) =>
      database.run(
        build
          .updateTable('collections')
          .set({ removed_at: atMs })
          .where('id', '=', collectionId)
          .where('removed_at', 'is', null)
          .compile(),
      ) > 0,
    restore: (collectionId) =>
      database.run(
        sql`UPDATE collections SET removed_at = NULL
          WHERE id = ${collectionId} AND removed_at > ${condemned}`.compile(build),
      ) > 0,

    add(collectionId, documentIds, atMs) {
      if (documentIds.length === 0) return;
      database.transaction(() => {
        database.run(
          sql`INSERT OR IGNORE INTO collection_documents (collection_id, document_id, added_at)
            SELECT ${collectionId}, id, ${atMs} FROM documents WHERE id IN (${list(documentIds)})`.compile(build),
        );
        database.run(
          sql`UPDATE documents SET removed_at = NULL
            WHERE id IN (${list(documentIds)}) AND removed_at > ${condemned}`.compile(build),
        );
      });
    },

    take(collectionId, documentIds, atMs) {
      if (documentIds.length === 0) return;
      database.transaction(() => {
        database.run(
          sql`DELETE FROM collection_documents
            WHERE collection_id = ${collectionId} AND document_id IN (${list(documentIds)})`.compile(build),
        );
        database.run(
          sql`UPDATE documents SET removed_at = ${atMs} WHERE id IN (${list(documentIds)}) AND removed_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM collection_documents l WHERE l.document_id = documents.id)
            AND NOT EXISTS (SELECT 1 FROM message_documents l WHERE l.document_id = documents.id)`.compile(build),
        );
      });
    },

    page({ collectionId, query, sort, descending, offset, limit }) {
      const from =
        collectionId === null
          ? sql`documents d INDEXED BY documents_listed`
          : sql`collection_documents l JOIN documents d INDEXED BY documents_listed ON d.id = l.document_id`;
      const inside = collectionId === null ? sql`1` : sql`l.collection_id = ${collectionId}`;
      const named = query === '' ? sql`1` : sql`instr(lower(d.name), lower(${query})) > 0`;
      const where = sql`${inside} AND d.removed_at IS NULL AND ${named}`;
      const direction = descending ? sql`DESC` : sql`ASC`;
      const total =
        database.first(sql<{ total: number }>`SELECT count(*) AS total FROM ${from} WHERE ${where}`.compile(build))
          ?.total ?? 0;
      const ids = database
        .all(
          sql<{ id: string }>`SELECT d.id FROM ${from} WHERE ${where}
            ORDER BY ${orders[sort]} ${direction}, d.id LIMIT ${limit} OFFSET ${offset}`.compile(build),
        )
        .map(({ id }) => id);
      if (ids.length === 0) return { documents: [], total };
      const records = new Map(
        database
          .all(build.selectFrom('documents').selectAll().where('id', 'in', ids).compile())
          .map((row) => [row.id, toDocument(row)]),
      );
      const paths = new Map(
        database
          .all(
            sql<{ id: string; path: string }>`SELECT document_id AS id, min(path) AS path FROM watched_files
              WHERE document_id IN (${list(ids)}) ${collectionId === null ? sql`` : sql`AND collection_id = ${collectionId}`}
              GROUP BY document_id`.compile(build),
          )
          .map(({ id, path }) => [id, path]),
      );
      return {
        total,
        documents: ids.flatMap((id) => {
          const document = records.get(id);
          return document === undefined ? [] : [{ document, path: paths.get(id) ?? null }];
        }),
      };
    },

    sweep() {
      return database.transaction(() => {
        const doomed = database.first(
          sql<{ id: string }>`SELECT id FROM collections WHERE removed_at <= ${condemned} LIMIT 1`.compile(build),
        );
        if (doomed === undefined) return 0;
        const inside = database
          .all(
            sql<{ id: string }>`SELECT document_id AS id FROM collection_documents
              WHERE collection_id = ${doomed.id} LIMIT ${sweepDocuments}`.compile(build),
          )
          .map(({ id }) => id);
        if (inside.length === 0) {
          return database.run(build.deleteFrom('collections').where('id', '=', doomed.id).compile());
        }
        database.run(
          sql`DELETE FROM watched_files WHERE collection_id = ${doomed.id}
            AND document_id IN (${list(inside)})`.compile(build),
        );
        database.run(
          sql`DELETE FROM collection_documents WHERE collection_id = ${doomed.id}
            AND document_id IN (${list(inside)})`.compile(build),
        );
        database.run(
          sql`DELETE FROM documents WHERE id IN (${list(inside)})
            AND NOT EXISTS (SELECT 1 FROM collection_documents l WHERE l.document_id = documents.id)
            AND NOT EXISTS (SELECT 1 FROM message_documents l WHERE l.document_id = documents.id)`.compile(build),
        );
        return inside.length;
      });
    },
  };
}
