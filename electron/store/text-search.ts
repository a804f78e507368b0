import { sql, type RawBuilder, type Selectable } from 'kysely';

import type { Database } from './database.ts';
import { build } from './query-builder.ts';
import type { ConversationsTable } from './schema.ts';
import { planSearch } from './search-query.ts';
import type { BranchMessage, TextSearch } from './store.ts';
import { toRecord } from './stored-conversations.ts';

/** Ranking reads each candidate; the newest so many are ranked, however common the words are. */
const candidateLimit = 1000;

type Hit = Selectable<ConversationsTable> & Omit<BranchMessage, 'id'> & { readonly message_id: string };

export function createTextSearch(database: Database): TextSearch {
  return {
    titles(words, limit) {
      if (words.length === 0) return [];
      const { match, patterns } = planSearch(database, 'conversations', words);
      const query = sql<Selectable<ConversationsTable>>`SELECT c.* FROM conversations c WHERE c.removed_at IS NULL
        ${match === undefined ? sql`` : sql`AND c.row_id IN (SELECT rowid FROM conversations_text WHERE words MATCH ${match})`}
        ${likeAll(sql.ref('c.title'), patterns)}
        ORDER BY c.updated_at DESC, c.id DESC LIMIT ${limit}`;
      return database.all(query.compile(build)).map(toRecord);
    },

    messages(words, limit) {
      if (words.length === 0) return [];
      const { match, patterns } = planSearch(database, 'messages', words);
      // CROSS JOIN keeps the order of the tables: from the index to the messages, newest first, until there are enough.
      const candidates =
        match === undefined
          ? sql`SELECT m.row_id, 0 AS rank FROM messages m CROSS JOIN conversations c ON c.id = m.conversation_id
              WHERE m.removed_at IS NULL AND c.removed_at IS NULL ${likeAll(sql.ref('m.text'), patterns)}
              ORDER BY m.row_id DESC LIMIT ${limit}`
          : sql`SELECT m.row_id, t.rank FROM messages_text t CROSS JOIN messages m ON m.row_id = t.rowid
              CROSS JOIN conversations c ON c.id = m.conversation_id
              WHERE t.words MATCH ${match} AND m.removed_at IS NULL AND c.removed_at IS NULL
              ${likeAll(sql.ref('m.text'), patterns)}
              ORDER BY t.rowid DESC LIMIT ${candidateLimit}`;
      const hits = sql<Hit>`SELECT c.*, m.id AS message_id, m.role, m.text
        FROM (${candidates}) hit CROSS JOIN messages m ON m.row_id = hit.row_id
        CROSS JOIN conversations c ON c.id = m.conversation_id
        ORDER BY hit.rank, m.row_id DESC LIMIT ${limit}`;
      return database.all(hits.compile(build)).map((row) => ({
        message: { id: row.message_id, role: row.role, text: row.text },
        conversation: toRecord(row),
      }));
    },
  };
}

function likeAll(column: RawBuilder<unknown>, patterns: readonly string[]): RawBuilder<unknown> {
  return sql.join(
    patterns.map((pattern) => sql`AND ${column} LIKE ${pattern} ESCAPE '\\'`),
    sql` `,
  );
}
