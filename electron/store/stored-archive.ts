import { sql, type Selectable } from 'kysely';

import type { ArchivedMessage } from '../../shared/contract/archive.ts';
import { conversationSetupSchema } from '../../shared/contract/setups.ts';
import { tryJson } from '../lib/try-json.ts';
import type { ArchivedHead, StoredArchive } from './archived.ts';
import type { Database } from './database.ts';
import type { DocumentStore } from './document-store.ts';
import { messageColumns } from './message-columns.ts';
import { toMessage, type MessageRow } from './message-row.ts';
import { build } from './query-builder.ts';
import { condemned } from './stored-bin.ts';
import { commitStaged, condemnStaged, staged, stageConversation } from './staging.ts';
import { toRecord } from './stored-conversations.ts';
import type { ConversationsTable } from './schema.ts';

interface HeadRow extends Selectable<ConversationsTable> {
  readonly position: number;
  readonly setup: string | null;
}

type ArchivedRow = MessageRow & { readonly position: number };

export function createStoredArchive(
  database: Database,
  documents: Pick<DocumentStore, 'insert' | 'remove'>,
): StoredArchive {
  const heads = sql`SELECT c.*, c.row_id AS position, s.setup
    FROM conversations c LEFT JOIN conversation_setups s ON s.conversation_id = c.id WHERE c.removed_at IS NULL`;

  return {
    conversations: (after, limit) =>
      database
        .all(sql<HeadRow>`${heads} AND c.row_id > ${after} ORDER BY c.row_id LIMIT ${limit}`.compile(build))
        .map((row) => ({ position: row.position, conversation: toHead(row) })),

    find(conversationId) {
      const row = database.first(sql<HeadRow>`${heads} AND c.id = ${conversationId}`.compile(build));
      return row && toHead(row);
    },

    messages: (conversationId, after, limit) =>
      database
        .all(
          sql<ArchivedRow>`SELECT m.seq AS position, ${messageColumns}, 0 AS version_index, 1 AS version_count
            FROM messages m
            WHERE m.conversation_id = ${conversationId} AND m.seq > ${after} AND m.removed_at IS NULL
            ORDER BY m.seq LIMIT ${limit}`.compile(build),
        )
        .map((row) => ({ position: row.position, message: toArchived(row) })),

    count() {
      const counted = sql<{ n: number }>`SELECT count(*) AS n FROM conversations WHERE removed_at IS NULL`;
      return database.first(counted.compile(build))?.n ?? 0;
    },

    stage: (conversation) => stageConversation(database, conversation),

    unstage(conversationId) {
      database.run(
        sql`UPDATE conversations SET removed_at = ${condemned} WHERE id = ${conversationId} AND removed_at = ${staged}`.compile(
          build,
        ),
      );
      database.run(
        sql`UPDATE messages SET removed_at = ${condemned} WHERE conversation_id = ${conversationId} AND removed_at = ${staged}`.compile(
          build,
        ),
      );
    },

    stagePreset({ id, name, setup }, atMs) {
      database.run(
        sql`INSERT INTO presets (id, name, setup, created_at, removed_at)
          VALUES (${id}, ${name}, ${JSON.stringify(setup)}, ${atMs}, ${staged}) ON CONFLICT DO NOTHING`.compile(build),
      );
    },

    stageDocument(document) {
      const there = sql`SELECT 1 FROM documents WHERE id = ${document.id}`;
      if (database.first(there.compile(build)) !== undefined) return;
      database.transaction(() => {
        documents.insert(document);
        documents.remove(document.id, staged);
      });
    },

    stageFolder({ id, name, collapsed }, atMs) {
      database.run(
        sql`INSERT INTO folders (id, name, collapsed, created_at, removed_at)
          VALUES (${id}, ${name}, ${collapsed === true ? 1 : 0}, ${atMs}, ${staged})
          ON CONFLICT DO NOTHING`.compile(build),
      );
    },

    commit() {
      commitStaged(database);
      database.renew();
    },

    condemnStaged: () => condemnStaged(database),

    hasStaged() {
      const found = sql<{ n: number }>`SELECT EXISTS (SELECT 1 FROM conversations WHERE removed_at = ${staged})
        OR EXISTS (SELECT 1 FROM messages WHERE removed_at = ${staged}) AS n`;
      return database.first(found.compile(build))?.n === 1;
    },
  };
}

function toHead(row: HeadRow): ArchivedHead {
  const setup = row.setup === null ? null : (conversationSetupSchema.safeParse(tryJson(row.setup)).data ?? null);
  return { ...toRecord(row), setup };
}

function toArchived(row: MessageRow): ArchivedMessage {
  const {
    id,
    parentId,
    role,
    text,
    thought,
    state,
    createdAt,
    model,
    error,
    stats,
    interruptedIn,
    documents,
    sources,
    task,
  } = toMessage(row);
  return {
    id,
    parentId,
    role,
    text,
    thought,
    // What is being written at this moment ends here, for whoever reads the export.
    state: state === 'running' ? 'interrupted' : state,
    interruptedIn: interruptedIn ?? null,
    createdAt,
    model,
    error,
    stats,
    ...(documents === undefined ? {} : { documents }),
    ...(sources === undefined ? {} : { sources }),
    ...(task === undefined ? {} : { task }),
  };
}
