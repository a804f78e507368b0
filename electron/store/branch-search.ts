import { sql } from 'kysely';

import type { Database } from './database.ts';
import { build } from './query-builder.ts';
import type { BranchSearch } from './store.ts';

/**
 * Looks for words in the messages of one conversation. Words of three characters and more are asked of the text index,
 * which finds them inside longer ones too; of the whole index only the stretch between the conversation's first and last
 * row is looked at. Words of two characters (most Chinese ones) are compared with each message.
 */
export function createBranchSearch(database: Database): BranchSearch {
  return {
    candidates(conversationId, { words, pairs, limit }) {
      const found = new Set<string>();
      if (words.length > 0) {
        const match = words.map((word) => `"${word.replaceAll('"', '""')}"`).join(' OR ');
        const rows = database.all(
          sql<{ id: string }>`SELECT m.id FROM messages_text t CROSS JOIN messages m ON m.row_id = t.rowid
            WHERE t.words MATCH ${match}
              AND t.rowid >= (SELECT min(row_id) FROM messages WHERE conversation_id = ${conversationId})
              AND t.rowid <= (SELECT max(row_id) FROM messages WHERE conversation_id = ${conversationId})
              AND m.conversation_id = ${conversationId} AND m.removed_at IS NULL
            ORDER BY t.rank LIMIT ${limit}`.compile(build),
        );
        for (const { id } of rows) found.add(id);
      }
      if (pairs.length > 0) {
        const hits = sql.join(
          pairs.map((pair) => sql`(instr(m.text, ${pair}) > 0)`),
          sql` + `,
        );
        const rows = database.all(
          sql<{ id: string }>`SELECT id FROM (SELECT m.id, m.row_id, ${hits} AS hits FROM messages m
              WHERE m.conversation_id = ${conversationId} AND m.removed_at IS NULL)
            WHERE hits > 0 ORDER BY hits DESC, row_id DESC LIMIT ${limit}`.compile(build),
        );
        for (const { id } of rows) found.add(id);
      }
      return [...found];
    },
  };
}
