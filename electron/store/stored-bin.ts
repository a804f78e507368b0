import { sql, type RawBuilder } from 'kysely';

import type { BinKind } from '../../shared/contract/index.ts';
import type { Database } from './database.ts';
import { build } from './query-builder.ts';
import type { BinRecord, StoredBin } from './store.ts';

/** Rows whose `removed_at` is at most this are nobody's any more: they wait for `sweep`, and nothing restores them. */
export const condemned = 1;

/** What `sweep` takes in one call; deleting also rewrites the text index, and everything waits meanwhile. */
const sweepRows = 200;

type Row = Omit<BinRecord, 'kind'> & { readonly kind: string };

/** Names of the tables whose rows lie in the bin each by itself, besides messages. */
const plainTables = ['conversations', 'folders', 'presets', 'documents', 'collections'] as const;

export function createStoredBin(database: Database): StoredBin {
  /**
   * Found by the partial indexes on `removed_at`; of folders, presets and collections there are few. A document that went with no
   * message was taken off before it was sent: nobody misses it.
   */
  const entries = sql`SELECT 'conversation' AS kind, id, '' AS conversation_id, title, removed_at FROM conversations
      WHERE removed_at > ${condemned}
    UNION ALL
    SELECT 'message', m.id, m.conversation_id, c.title, m.removed_at
      FROM messages m JOIN conversations c ON c.id = m.conversation_id
      WHERE m.removed_at > ${condemned} AND m.removed_by = m.id AND c.removed_at IS NULL
    UNION ALL
    SELECT 'folder', id, '', name, removed_at FROM folders WHERE removed_at > ${condemned}
    UNION ALL
    SELECT 'preset', id, '', name, removed_at FROM presets WHERE removed_at > ${condemned}
    UNION ALL
    SELECT 'collection', id, '', name, removed_at FROM collections WHERE removed_at > ${condemned}
    UNION ALL
    SELECT 'document', id, '', name, removed_at FROM documents
      WHERE removed_at > ${condemned} AND EXISTS (SELECT 1 FROM message_documents l WHERE l.document_id = documents.id)`;

  /** A document that is being written counts as removed until it is whole. */
  const whole = (table: string): RawBuilder<unknown> =>
    table === 'documents' ? sql`AND id NOT IN (SELECT document_id FROM unfinished_documents)` : sql``;

  return {
    list(before, limit) {
      const older = before === null ? sql`` : sql`WHERE (removed_at, id) < (${before.removedAtMs}, ${before.id})`;
      const rows = database.all(
        sql<Row>`SELECT hit.kind, hit.id, hit.conversation_id AS "conversationId", hit.removed_at AS "removedAtMs", hit.title,
            coalesce(substr(m.text, 1, 300), '') AS text, coalesce(m.role, 'user') AS role,
            CASE hit.kind WHEN 'message' THEN (SELECT count(*) FROM messages r WHERE r.removed_by = hit.id)
              WHEN 'conversation' THEN (SELECT count(*) FROM messages r WHERE r.conversation_id = hit.id)
              WHEN 'folder' THEN
                (SELECT count(*) FROM conversations r WHERE r.folder_id = hit.id AND r.removed_at IS NULL)
              WHEN 'collection' THEN (SELECT count(*) FROM collection_documents r WHERE r.collection_id = hit.id)
              ELSE 0 END AS contained
          FROM (SELECT * FROM (${entries}) ${older} ORDER BY removed_at DESC, id DESC LIMIT ${limit}) hit
          LEFT JOIN messages m ON hit.kind = 'message' AND m.id = hit.id
          ORDER BY hit.removed_at DESC, hit.id DESC`.compile(build),
      );
      return rows.map((row) => ({ ...row, kind: kindOf(row.kind) }));
    },

    counts() {
      const counts = { conversation: 0, message: 0, folder: 0, preset: 0, document: 0, collection: 0 };
      const query = sql<{
        kind: string;
        total: number;
      }>`SELECT kind, count(*) AS total FROM (${entries}) GROUP BY kind`;
      for (const { kind, total } of database.all(query.compile(build))) counts[kindOf(kind)] = total;
      return counts;
    },

    condemn(id) {
      return database.transaction(() => {
        for (const table of plainTables) {
          const rows = database.run(
            sql`UPDATE ${sql.table(table)} SET removed_at = ${condemned}
              WHERE id = ${id} AND removed_at > ${condemned} ${whole(table)}`.compile(build),
          );
          if (rows > 0) return true;
        }
        // What follows it goes with it, also what was deleted before it for reasons of its own.
        const messages = database.run(
          sql`WITH RECURSIVE subtree (id) AS (
              SELECT id FROM messages WHERE id = ${id} AND removed_by = id AND removed_at > ${condemned}
              UNION ALL
              SELECT m.id FROM subtree JOIN messages m ON m.parent_id = subtree.id
            ) UPDATE messages SET removed_at = ${condemned} WHERE id IN subtree`.compile(build),
        );
        return messages > 0;
      });
    },

    condemnOlder(beforeMs) {
      return database.transaction(() => {
        let rows = 0;
        for (const table of [...plainTables, 'messages']) {
          rows += database.run(
            sql`UPDATE ${sql.table(table)} SET removed_at = ${condemned}
              WHERE removed_at > ${condemned} AND removed_at < ${beforeMs} ${whole(table)}`.compile(build),
          );
        }
        return rows;
      });
    },

    clampFuture(nowMs) {
      database.transaction(() => {
        for (const table of [...plainTables, 'messages']) {
          database.run(
            sql`UPDATE ${sql.table(table)} SET removed_at = ${nowMs} WHERE removed_at > ${nowMs}`.compile(build),
          );
        }
      });
    },

    sweep() {
      return database.transaction(() => {
        // The last ones first: nothing may be left that refers to a message which is gone.
        const messages = database.run(
          sql`DELETE FROM messages WHERE row_id IN (
              SELECT row_id FROM messages WHERE removed_at <= ${condemned} ORDER BY seq DESC LIMIT ${sweepRows})`.compile(
            build,
          ),
        );
        if (messages > 0) return messages;
        const doomed = database.first(
          sql<{ id: string }>`SELECT id FROM conversations WHERE removed_at <= ${condemned} LIMIT 1`.compile(build),
        );
        if (doomed === undefined) return sweepSmall(database);
        const inside = database.run(
          sql`DELETE FROM messages WHERE row_id IN (SELECT row_id FROM messages
            WHERE conversation_id = ${doomed.id} ORDER BY seq DESC LIMIT ${sweepRows})`.compile(build),
        );
        if (inside === sweepRows) return inside;
        return inside + database.run(build.deleteFrom('conversations').where('id', '=', doomed.id).compile());
      });
    },
  };
}

/** Folders and presets at once, documents one by one: each has many passages. */
function sweepSmall(database: Database): number {
  let rows = 0;
  for (const table of ['folders', 'presets'] as const) {
    rows += database.run(build.deleteFrom(table).where('removed_at', '<=', condemned).compile());
  }
  if (rows > 0) return rows;
  return database.run(
    sql`DELETE FROM documents WHERE id = (SELECT id FROM documents WHERE removed_at <= ${condemned} LIMIT 1)`.compile(
      build,
    ),
  );
}

function kindOf(kind: string): BinKind {
  switch (kind) {
    case 'message':
    case 'folder':
    case 'preset':
    case 'document':
    case 'collection':
      return kind;
    default:
      return 'conversation';
  }
}
