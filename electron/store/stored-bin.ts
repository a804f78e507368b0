import { sql } from 'kysely';

import type { Database } from './database.ts';
import { build } from './query-builder.ts';
import type { BinRecord, StoredBin } from './store.ts';

/** Rows whose `removed_at` is at most this are nobody's any more: they wait for `sweep`, and nothing restores them. */
export const condemned = 1;

/** What `sweep` takes in one call; deleting also rewrites the text index, and everything waits meanwhile. */
const sweepRows = 200;

type Row = Omit<BinRecord, 'kind'> & { readonly kind: string };

export function createStoredBin(database: Database): StoredBin {
  /** Both kinds are found by the partial indexes on `removed_at`. */
  const entries = sql`SELECT 'conversation' AS kind, c.id, c.id AS conversation_id, c.removed_at FROM conversations c
      WHERE c.removed_at > ${condemned}
    UNION ALL
    SELECT 'message', m.id, m.conversation_id, m.removed_at FROM messages m JOIN conversations c ON c.id = m.conversation_id
      WHERE m.removed_at > ${condemned} AND m.removed_by = m.id AND c.removed_at IS NULL`;

  return {
    list(before, limit) {
      const older = before === null ? sql`` : sql`WHERE (removed_at, id) < (${before.removedAtMs}, ${before.id})`;
      const rows = database.all(
        sql<Row>`SELECT hit.kind, hit.id, hit.conversation_id AS "conversationId", hit.removed_at AS "removedAtMs", c.title,
            coalesce(substr(m.text, 1, 300), '') AS text, coalesce(m.role, 'user') AS role,
            CASE hit.kind WHEN 'message' THEN (SELECT count(*) FROM messages r WHERE r.removed_by = hit.id)
              ELSE (SELECT count(*) FROM messages r WHERE r.conversation_id = hit.id) END AS messages
          FROM (SELECT * FROM (${entries}) ${older} ORDER BY removed_at DESC, id DESC LIMIT ${limit}) hit
          JOIN conversations c ON c.id = hit.conversation_id
          LEFT JOIN messages m ON hit.kind = 'message' AND m.id = hit.id
          ORDER BY hit.removed_at DESC, hit.id DESC`.compile(build),
      );
      return rows.map((row) => ({ ...row, kind: row.kind === 'message' ? 'message' : 'conversation' }));
    },

    count() {
      return (
        database.first(sql<{ total: number }>`SELECT count(*) AS total FROM (${entries})`.compile(build))?.total ?? 0
      );
    },

    condemn(id) {
      return database.transaction(() => {
        const conversations = database.run(
          sql`UPDATE conversations SET removed_at = ${condemned} WHERE id = ${id} AND removed_at > ${condemned}`.compile(
            build,
          ),
        );
        if (conversations > 0) return true;
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
      return database.transaction(
        () =>
          database.run(
            sql`UPDATE conversations SET removed_at = ${condemned}
              WHERE removed_at > ${condemned} AND removed_at < ${beforeMs}`.compile(build),
          ) +
          database.run(
            sql`UPDATE messages SET removed_at = ${condemned}
              WHERE removed_at > ${condemned} AND removed_at < ${beforeMs}`.compile(build),
          ),
      );
    },

    clampFuture(nowMs) {
      database.transaction(() => {
        for (const table of ['conversations', 'messages']) {
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
        if (doomed === undefined) return 0;
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
