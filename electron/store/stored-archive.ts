import { sql, type Selectable } from 'kysely';

import type { ArchivedConversation, ArchivedMessage } from '../../shared/contract/archive.ts';
import { conversationSetupSchema } from '../../shared/contract/setups.ts';
import { tryJson } from '../lib/try-json.ts';
import type { ArchivedHead, Staged, StoredArchive } from './archived.ts';
import type { Database } from './database.ts';
import { messageColumns } from './message-columns.ts';
import { toMessage, type MessageRow } from './message-row.ts';
import { build } from './query-builder.ts';
import { condemned } from './stored-bin.ts';
import { toRecord } from './stored-conversations.ts';
import type { ConversationsTable } from './schema.ts';

/** `removed_at` of what is being imported: hidden like something deleted, and swept away when the import does not end. */
const staged = 0;
const batchMessages = 40;
const batchChars = 100_000;

interface HeadRow extends Selectable<ConversationsTable> {
  readonly position: number;
  readonly setup: string | null;
}

type ArchivedRow = MessageRow & { readonly position: number };

export function createStoredArchive(database: Database): StoredArchive {
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

    stage: (conversation) => stage(database, conversation),

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

    stageFolder({ id, name }, atMs) {
      database.run(
        sql`INSERT INTO folders (id, name, created_at, removed_at) VALUES (${id}, ${name}, ${atMs}, ${staged})
          ON CONFLICT DO NOTHING`.compile(build),
      );
    },

    commit() {
      database.transaction(() => {
        for (const table of ['folders', 'conversations', 'messages']) {
          database.run(
            sql`UPDATE ${sql.table(table)} SET removed_at = NULL WHERE removed_at = ${staged}`.compile(build),
          );
        }
      });
      database.renew();
    },

    hasStaged() {
      const found = sql<{ n: number }>`SELECT EXISTS (SELECT 1 FROM conversations WHERE removed_at = ${staged})
        OR EXISTS (SELECT 1 FROM messages WHERE removed_at = ${staged}) AS n`;
      return database.first(found.compile(build))?.n === 1;
    },
  };
}

function* stage(database: Database, conversation: ArchivedConversation): Generator<void, Staged> {
  const { id } = conversation;
  const there = database.first(
    sql<{ removed_at: number | null }>`SELECT removed_at FROM conversations WHERE id = ${id}`.compile(build),
  );
  if (there?.removed_at !== undefined && there.removed_at !== null && there.removed_at !== staged) {
    return { kind: 'inBin' };
  }
  // A conversation that nobody sees can grow step by step; what is added to one that is there is hidden by itself.
  const removedAt = there === undefined ? null : staged;
  let messages = 0;
  if (there === undefined) database.transaction(() => insertHead(database, conversation));
  for (const batch of inBatches(conversation.messages)) {
    database.transaction(() => {
      for (const message of batch) {
        if (there !== undefined && (isKnown(database, message.id) || !canFollow(database, id, message.parentId))) {
          continue;
        }
        insertMessage(database, id, message, removedAt);
        messages += 1;
      }
    });
    yield;
  }
  if (there !== undefined) return messages === 0 ? { kind: 'known' } : { kind: 'extended', messages };
  const head = conversation.headId ?? null;
  // A head that is not among the messages would be a reference to nothing.
  database.run(
    sql`UPDATE conversations SET head_message_id = (SELECT id FROM messages
        WHERE conversation_id = ${id} ORDER BY id = ${head} DESC, seq DESC LIMIT 1) WHERE id = ${id}`.compile(build),
  );
  return { kind: 'added', messages };
}

/** Few enough messages that storing them takes some milliseconds; a long one stands alone. */
function* inBatches(messages: readonly ArchivedMessage[]): Generator<ArchivedMessage[]> {
  let batch: ArchivedMessage[] = [];
  let chars = 0;
  for (const message of messages) {
    batch.push(message);
    chars += message.text.length;
    if (batch.length < batchMessages && chars < batchChars) continue;
    yield batch;
    batch = [];
    chars = 0;
  }
  if (batch.length > 0) yield batch;
}

function isKnown(database: Database, messageId: string): boolean {
  return database.first(sql`SELECT 1 FROM messages WHERE id = ${messageId}`.compile(build)) !== undefined;
}

/** A message may follow one of the same conversation that is not deleted. */
function canFollow(database: Database, conversationId: string, parentId: string | null): boolean {
  if (parentId === null) return true;
  const parent = sql`SELECT 1 FROM messages WHERE id = ${parentId} AND conversation_id = ${conversationId}
    AND (removed_at IS NULL OR removed_at = ${staged})`;
  return database.first(parent.compile(build)) !== undefined;
}

function insertHead(database: Database, conversation: ArchivedHead): void {
  const { id, title, titleSource, createdAt, updatedAt, pinned, modelId = null, folderId = null, setup } = conversation;
  database.run(
    sql`INSERT INTO conversations (id, title, title_source, created_at, updated_at, pinned, model_id, folder_id, removed_at)
      VALUES (${id}, ${title}, ${titleSource}, ${createdAt}, ${updatedAt}, ${pinned ? 1 : 0}, ${modelId},
        (SELECT id FROM folders WHERE id = ${folderId}), ${staged})`.compile(build),
  );
  if (setup === null || setup === undefined) return;
  database.run(
    sql`INSERT INTO conversation_setups (conversation_id, setup) VALUES (${id}, ${JSON.stringify(setup)})`.compile(
      build,
    ),
  );
}

function insertMessage(
  database: Database,
  conversationId: string,
  message: ArchivedMessage,
  removedAt: number | null,
): void {
  const { id, parentId, role, text, thought, state, createdAt, model, error, stats, interruptedIn } = message;
  const json = (value: unknown): string | null =>
    value === null || value === undefined ? null : JSON.stringify(value);
  database.run(
    sql`INSERT INTO messages (id, conversation_id, parent_id, seq, role, text, thought, thought_ms, state, created_at,
        model_id, model_name, error, stats, interrupted_in, removed_at)
      SELECT ${id}, ${conversationId}, ${parentId}, coalesce(max(seq), 0) + 1, ${role}, ${text}, ${thought?.text ?? ''},
        ${thought?.durationMs ?? null}, ${state}, ${createdAt}, ${model?.id ?? null}, ${model?.name ?? null},
        ${json(error)}, ${json(stats)}, ${json(interruptedIn)}, ${removedAt}
      FROM messages WHERE conversation_id = ${conversationId}`.compile(build),
  );
  // Known here only when it was exported here.
  for (const [position, document] of (message.documents ?? []).entries()) {
    database.run(
      sql`INSERT INTO message_documents (message_id, position, document_id)
        SELECT ${id}, ${position}, id FROM documents WHERE id = ${document.id}`.compile(build),
    );
  }
}

function toHead(row: HeadRow): ArchivedHead {
  const setup = row.setup === null ? null : (conversationSetupSchema.safeParse(tryJson(row.setup)).data ?? null);
  return { ...toRecord(row), setup };
}

function toArchived(row: MessageRow): ArchivedMessage {
  const { id, parentId, role, text, thought, state, createdAt, model, error, stats, interruptedIn, documents } =
    toMessage(row);
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
  };
}
