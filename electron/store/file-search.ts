import { sql, type RawBuilder } from 'kysely';

import { foldCase } from '../../shared/model/search-snippet.ts';
import type { Database } from './database.ts';
import { build } from './query-builder.ts';

/** Files by their names, and where they were sent. A search of a person's files is a search of a few thousand names. */
export interface FileSearch {
  /** Files whose names hold all the parts. */
  named(parts: readonly string[]): Map<string, string>;
  /** The newest messages that were sent with one of the files, and with which. */
  sentWith(
    files: ReadonlyMap<string, string>,
    limit: number,
    condition: RawBuilder<unknown>,
  ): { readonly rowId: number; readonly fileName: string }[];
  /** Conversations in which one of the files was sent. */
  conversations(files: ReadonlyMap<string, string>): string[];
  /** Row ids of messages of conversations, newest first; undefined when there are more than `most`. */
  messagesOf(conversationIds: readonly string[], most: number): number[] | undefined;
}

export function createFileSearch(database: Database): FileSearch {
  /** As one value, so that the statement stays the same however many there are. */
  const among = (values: readonly (string | number)[]): RawBuilder<unknown> =>
    sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`;

  return {
    named(parts) {
      const needles = parts.map(foldCase);
      const query = sql<{ id: string; name: string }>`SELECT id, name FROM documents INDEXED BY documents_by_name
        WHERE removed_at IS NULL`;
      const found = database.all(query.compile(build)).filter(({ name }) => {
        const folded = foldCase(name);
        return needles.every((needle) => folded.includes(needle));
      });
      return new Map(found.map(({ id, name }) => [id, name]));
    },

    sentWith(files, limit, condition) {
      if (files.size === 0) return [];
      const query = sql<{ row_id: number; document_id: string }>`SELECT m.row_id, min(l.document_id) AS document_id
        FROM message_documents l CROSS JOIN messages m ON m.id = l.message_id
          JOIN conversations c ON c.id = m.conversation_id
        WHERE l.document_id IN ${among([...files.keys()])} AND m.removed_at IS NULL AND c.removed_at IS NULL ${condition}
        GROUP BY m.row_id ORDER BY m.row_id DESC LIMIT ${limit}`;
      return database
        .all(query.compile(build))
        .map(({ row_id, document_id }) => ({ rowId: row_id, fileName: files.get(document_id) ?? '' }));
    },

    conversations(files) {
      if (files.size === 0) return [];
      const query = sql<{ id: string }>`SELECT DISTINCT m.conversation_id AS id
        FROM message_documents l CROSS JOIN messages m ON m.id = l.message_id
        WHERE l.document_id IN ${among([...files.keys()])} AND m.removed_at IS NULL`;
      return database.all(query.compile(build)).map(({ id }) => id);
    },

    messagesOf(conversationIds, most) {
      const query = sql<{ row_id: number }>`SELECT row_id FROM messages INDEXED BY messages_by_seq
        WHERE conversation_id IN ${among(conversationIds)} LIMIT ${most + 1}`;
      const found = database.all(query.compile(build)).map(({ row_id }) => row_id);
      return found.length > most ? undefined : found.toSorted((left, right) => right - left);
    },
  };
}
