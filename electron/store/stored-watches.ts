import { sql, type Selectable } from 'kysely';

import type { Database } from './database.ts';
import { build } from './query-builder.ts';
import type { WatchedFilesTable, WatchedFoldersTable } from './schema.ts';
import type { StoredWatches, WatchedFile, WatchedFolderRecord } from './watched-files.ts';

export function createStoredWatches(database: Database): StoredWatches {
  const folders = sql<Selectable<WatchedFoldersTable>>`SELECT w.* FROM watched_folders w
    JOIN collections c ON c.id = w.collection_id WHERE c.removed_at IS NULL`;
  const files = build.selectFrom('watched_files').selectAll();
  const of = (collectionId: string) => files.where('collection_id', '=', collectionId);

  /** A document goes with the last file, collection and message that has it. */
  const release = (collectionId: string, documentId: string): void => {
    database.run(
      sql`DELETE FROM collection_documents WHERE collection_id = ${collectionId} AND document_id = ${documentId}
        AND NOT EXISTS (SELECT 1 FROM watched_files f WHERE f.document_id = ${documentId}
          AND f.collection_id = ${collectionId})`.compile(build),
    );
    database.run(
      sql`DELETE FROM documents WHERE id = ${documentId}
        AND NOT EXISTS (SELECT 1 FROM collection_documents l WHERE l.document_id = documents.id)
        AND NOT EXISTS (SELECT 1 FROM message_documents l WHERE l.document_id = documents.id)`.compile(build),
    );
  };
  const collectionOf = (rowId: number): string | undefined =>
    database.first(build.selectFrom('watched_files').select('collection_id').where('row_id', '=', rowId).compile())
      ?.collection_id;

  return {
    folders: () => database.all(folders.compile(build)).map(toFolder),
    folder(collectionId) {
      const one = sql<Selectable<WatchedFoldersTable>>`${folders} AND w.collection_id = ${collectionId}`;
      const row = database.first(one.compile(build));
      return row && toFolder(row);
    },
    insertFolder(collectionId, path) {
      const row = { collection_id: collectionId, path, identity: null, paused: 0, checked_at: null };
      database.run(build.insertInto('watched_folders').values(row).compile());
    },
    updateFolder(collectionId, { path, identity, paused, checkedAt }) {
      const change = {
        ...(path === undefined ? {} : { path }),
        ...(identity === undefined ? {} : { identity }),
        ...(paused === undefined ? {} : { paused: paused ? 1 : 0 }),
        ...(checkedAt === undefined ? {} : { checked_at: checkedAt }),
      };
      database.run(
        build.updateTable('watched_folders').set(change).where('collection_id', '=', collectionId).compile(),
      );
    },

    at(collectionId, paths) {
      if (paths.length === 0) return [];
      return database
        .all(
          of(collectionId)
            .where('path', 'in', [...paths])
            .compile(),
        )
        .map(toFile);
    },
    under(collectionId, scope, afterRowId, limit) {
      const all = of(collectionId).where('row_id', '>', afterRowId).orderBy('row_id').limit(limit);
      // `0` is the character after `/`: between the two lies exactly what is in the folder.
      const inside = sql<boolean>`(path = ${scope} OR (path > ${`${scope}/`} AND path < ${`${scope}0`}))`;
      return database.all((scope === '' ? all : all.where(inside)).compile()).map(toFile);
    },
    waitingWithIds(collectionId, fileIds) {
      if (fileIds.length === 0) return [];
      const waiting = of(collectionId)
        .where('file_id', 'in', [...fileIds])
        .where('state', '=', 'waiting');
      return database.all(waiting.where('document_id', 'is', null).compile()).map(toFile);
    },
    await(collectionId, found) {
      return database.transaction(() =>
        found.map(({ path, sizeBytes, modifiedMs, fileId }) => {
          const row = database.first(
            sql<{ row_id: number }>`INSERT INTO watched_files
                (collection_id, path, size_bytes, modified_ms, file_id, state)
              VALUES (${collectionId}, ${path}, ${sizeBytes}, ${modifiedMs}, ${fileId}, 'waiting')
              ON CONFLICT (collection_id, path) DO UPDATE SET size_bytes = excluded.size_bytes,
                modified_ms = excluded.modified_ms, file_id = excluded.file_id, state = 'waiting'
              RETURNING row_id`.compile(build),
          );
          return row?.row_id ?? 0;
        }),
      );
    },
    move(from, to) {
      database.transaction(() => {
        const { problem } =
          database.first(files.where('row_id', '=', from.rowId).compile()) ?? ({ problem: null } as const);
        database.run(build.deleteFrom('watched_files').where('row_id', '=', from.rowId).compile());
        const change = { state: from.state, document_id: from.documentId, sha256: from.sha256, problem };
        database.run(build.updateTable('watched_files').set(change).where('row_id', '=', to.rowId).compile());
      });
    },
    settle(file, outcome, atMs) {
      database.transaction(() => {
        const collectionId = collectionOf(file.rowId);
        if (collectionId === undefined) {
          // It left while it was read.
          if (outcome.state === 'read') release('', outcome.documentId);
          return;
        }
        const documentId = outcome.state === 'read' ? outcome.documentId : null;
        const change = {
          state: outcome.state,
          document_id: documentId,
          sha256: outcome.sha256,
          problem: outcome.state === 'failed' ? outcome.problem : null,
        };
        const settled = database.run(
          build
            .updateTable('watched_files')
            .set(change)
            .where('row_id', '=', file.rowId)
            .where('size_bytes', '=', file.sizeBytes)
            .where('modified_ms', '=', file.modifiedMs)
            .compile(),
        );
        if (settled === 0) {
          if (documentId !== null) release(collectionId, documentId);
          return;
        }
        if (documentId !== null) {
          database.run(
            sql`INSERT OR IGNORE INTO collection_documents (collection_id, document_id, added_at)
              VALUES (${collectionId}, ${documentId}, ${atMs})`.compile(build),
          );
        }
        if (file.documentId !== null && file.documentId !== documentId) release(collectionId, file.documentId);
      });
    },
    remove(gone) {
      database.transaction(() => {
        for (const { rowId, documentId } of gone) {
          const collectionId = collectionOf(rowId);
          if (collectionId === undefined) continue;
          database.run(build.deleteFrom('watched_files').where('row_id', '=', rowId).compile());
          if (documentId !== null) release(collectionId, documentId);
        }
      });
    },
    waiting: (collectionId, limit) =>
      database
        .all(of(collectionId).where('state', '=', 'waiting').orderBy('row_id').limit(limit).compile())
        .map(toFile),
    sharers({ rowId, documentId }) {
      if (documentId === null) return 0;
      const others = sql<{ total: number }>`SELECT
          (SELECT count(*) FROM watched_files WHERE document_id = ${documentId} AND row_id <> ${rowId})
          + (SELECT count(*) FROM message_documents WHERE document_id = ${documentId}) AS total`;
      return database.first(others.compile(build))?.total ?? 0;
    },
    retryFailed(collectionId) {
      database.run(
        build
          .updateTable('watched_files')
          .set({ state: 'waiting' })
          .where('collection_id', '=', collectionId)
          .where('state', '=', 'failed')
          .compile(),
      );
    },
    counts(collectionId) {
      const rows = database.all(
        sql<{ state: string; total: number }>`SELECT state, count(*) AS total FROM watched_files
          WHERE collection_id = ${collectionId} GROUP BY state`.compile(build),
      );
      const total = (wanted?: string): number =>
        rows.reduce((sum, row) => sum + (wanted === undefined || row.state === wanted ? row.total : 0), 0);
      return { files: total(), waiting: total('waiting'), failed: total('failed') };
    },
    failed(collectionId, afterPath, limit) {
      const query = build
        .selectFrom('watched_files')
        .select(['path', 'problem'])
        .where('collection_id', '=', collectionId)
        .where('state', '=', 'failed')
        .where('path', '>', afterPath)
        .orderBy('path')
        .limit(limit);
      return database.all(query.compile());
    },
  };
}

function toFolder(row: Selectable<WatchedFoldersTable>): WatchedFolderRecord {
  return {
    collectionId: row.collection_id,
    path: row.path,
    identity: row.identity,
    paused: row.paused === 1,
    checkedAt: row.checked_at,
  };
}

function toFile(row: Selectable<WatchedFilesTable>): WatchedFile {
  return {
    rowId: row.row_id,
    path: row.path,
    sizeBytes: row.size_bytes,
    modifiedMs: row.modified_ms,
    fileId: row.file_id,
    state: row.state,
    documentId: row.document_id,
    sha256: row.sha256,
  };
}
