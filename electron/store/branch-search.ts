import { sql } from 'kysely';

import { foldCase } from '../../shared/model/search-snippet.ts';
import type { Database } from './database.ts';
import { build } from './query-builder.ts';
import { matchAny } from './search-query.ts';
import type { BranchSearch } from './store.ts';

/** Of a long conversation the newest so many texts are compared. */
const compareLimit = 600;

/**
 * Looks for words in the messages of one conversation. Words of three characters and more are asked of the text index,
 * which finds them inside longer ones too; of the whole index only the stretch between the conversation's first and last
 * row is looked at. Words of two characters (most Chinese ones) are compared with each message.
 */
export function createBranchSearch(database: Database): BranchSearch {
  return {
    candidates(conversationId, { words, pairs, limit }) {
      const found = new Set<string>();
      const match = matchAny(words);
      if (match !== undefined) {
        const rows = database.all(
          sql<Text>`SELECT m.id, m.text FROM messages_text t CROSS JOIN messages m ON m.row_id = t.rowid
            WHERE t.messages_text MATCH ${match}
              AND t.rowid >= (SELECT min(row_id) FROM messages WHERE conversation_id = ${conversationId})
              AND t.rowid <= (SELECT max(row_id) FROM messages WHERE conversation_id = ${conversationId})
              AND m.conversation_id = ${conversationId} AND m.removed_at IS NULL
            ORDER BY t.rowid DESC LIMIT ${compareLimit}`.compile(build),
        );
        for (const id of bestOf(rows, words.map(foldCase)).slice(0, limit)) found.add(id);
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

interface Text {
  readonly id: string;
  readonly text: string;
}

/** Those with the most of the words first, a word that few of them have counting more; then in the order given. */
function bestOf(rows: readonly Text[], words: readonly string[]): string[] {
  const texts = rows.map(({ id, text }) => ({ id, text: foldCase(text) }));
  const weights = words.map((word) => {
    const having = texts.filter(({ text }) => text.includes(word)).length;
    return Math.log(1 + texts.length / Math.max(1, having));
  });
  return texts
    .map(({ id, text }) => ({
      id,
      score: words.reduce((sum, word, at) => sum + (text.includes(word) ? (weights[at] ?? 0) : 0), 0),
    }))
    .filter(({ score }) => score > 0)
    .toSorted((left, right) => right.score - left.score)
    .map(({ id }) => id);
}
