import { sql, type RawBuilder } from 'kysely';

import type { ArchivedConversation, ArchivedMessage } from '../../shared/contract/archive.ts';
import type { ArchivedHead, Staged } from './archived.ts';
import type { Database } from './database.ts';
import { build } from './query-builder.ts';
import { condemned } from './stored-bin.ts';

/** `removed_at` of what is being imported: hidden like something deleted, and swept away when the import does not end. */
export const staged = 0;
const batchMessages = 40;
const batchChars = 100_000;
/** Deleting also rewrites the text index. */
const sweptMessages = 100;

/** Gives up whatever an import that did not end has left, so that the next one does not show it. */
export function condemnStaged(database: Database): void {
  database.transaction(() => {
    for (const table of ['folders', 'presets', 'documents']) {
      database.run(sql`DELETE FROM ${sql.table(table)} WHERE removed_at = ${staged}`.compile(build));
    }
    for (const table of ['conversations', 'messages']) {
      database.run(
        sql`UPDATE ${sql.table(table)} SET removed_at = ${condemned} WHERE removed_at = ${staged}`.compile(build),
      );
    }
  });
}

/** Shows everything staged. */
export function commitStaged(database: Database): void {
  database.transaction(() => {
    const grown = database.all(
      sql<{ id: string }>`SELECT DISTINCT conversation_id AS id FROM messages WHERE removed_at = ${staged}`.compile(
        build,
      ),
    );
    joinRemovals(database);
    for (const table of ['folders', 'presets', 'documents', 'conversations', 'messages']) {
      database.run(sql`UPDATE ${sql.table(table)} SET removed_at = NULL WHERE removed_at = ${staged}`.compile(build));
    }
    for (const { id } of grown) moveHead(database, id);
  });
}

/** What follows a message that was removed while the import ran was removed with it, and comes back with it. */
function joinRemovals(database: Database): void {
  const join = sql`UPDATE messages SET removed_at = p.removed_at, removed_by = p.removed_by FROM messages p
    WHERE messages.removed_at = ${staged} AND p.id = messages.parent_id AND p.removed_at > ${staged}`.compile(build);
  while (database.run(join) > 0);
}

/** What has come behind the end of a conversation is on screen; what stands beside it is another version. */
function moveHead(database: Database, conversationId: string): void {
  database.run(
    sql`UPDATE conversations SET head_message_id = (
        WITH RECURSIVE path (id, distance) AS (
          SELECT coalesce(head_message_id, (SELECT id FROM messages
            WHERE conversation_id = ${conversationId} AND parent_id IS NULL AND removed_at IS NULL
            ORDER BY seq DESC LIMIT 1)), 0
          UNION ALL
          SELECT (SELECT c.id FROM messages c WHERE c.parent_id = path.id AND c.removed_at IS NULL
            ORDER BY c.seq DESC LIMIT 1), distance + 1
          FROM path WHERE path.id IS NOT NULL
        ) SELECT id FROM path WHERE id IS NOT NULL ORDER BY distance DESC LIMIT 1)
      WHERE id = ${conversationId}`.compile(build),
  );
}

export function* stageConversation(database: Database, conversation: ArchivedConversation): Generator<void, Staged> {
  const { id } = conversation;
  const inBin = isThere(database, id, sql`removed_at > ${condemned}`);
  if (inBin) return { kind: 'inBin' };
  // What is to be swept away holds the ids until then.
  yield* sweepNow(database, id);
  const there = isThere(database, id, sql`TRUE`);
  // A conversation that nobody sees can grow step by step; what is added to one that is there is hidden by itself.
  const removedAt = there ? staged : null;
  let messages = 0;
  if (!there) database.transaction(() => insertHead(database, conversation));
  for (const batch of inBatches(conversation.messages)) {
    database.transaction(() => {
      for (const message of batch) {
        if (there && (isKnown(database, message.id) || !canFollow(database, id, message.parentId))) {
          continue;
        }
        insertMessage(database, id, message, removedAt);
        messages += 1;
      }
    });
    yield;
  }
  if (there) return messages === 0 ? { kind: 'known' } : { kind: 'extended', messages };
  const head = conversation.headId ?? null;
  // A head that is not among the messages would be a reference to nothing.
  database.run(
    sql`UPDATE conversations SET head_message_id = (SELECT id FROM messages
        WHERE conversation_id = ${id} ORDER BY id = ${head} DESC, seq DESC LIMIT 1) WHERE id = ${id}`.compile(build),
  );
  return { kind: 'added', messages };
}

function isThere(database: Database, conversationId: string, condition: RawBuilder<unknown>): boolean {
  const found = sql`SELECT 1 FROM conversations WHERE id = ${conversationId} AND ${condition}`;
  return database.first(found.compile(build)) !== undefined;
}

/** Deletes what is condemned of a conversation, the last messages first: nothing may refer to one that is gone. */
function* sweepNow(database: Database, conversationId: string): Generator<void> {
  const whole = isThere(database, conversationId, sql`removed_at = ${condemned}`);
  const doomed = sql`SELECT row_id FROM messages WHERE conversation_id = ${conversationId}
    AND (${whole ? 1 : 0} OR removed_at = ${condemned}) ORDER BY seq DESC LIMIT ${sweptMessages}`;
  while (database.run(sql`DELETE FROM messages WHERE row_id IN (${doomed})`.compile(build)) > 0) yield;
  if (whole) database.run(build.deleteFrom('conversations').where('id', '=', conversationId).compile());
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
        model_id, model_name, error, stats, interrupted_in, task, removed_at)
      SELECT ${id}, ${conversationId}, ${parentId}, coalesce(max(seq), 0) + 1, ${role}, ${text}, ${thought?.text ?? ''},
        ${thought?.durationMs ?? null}, ${state}, ${createdAt}, ${model?.id ?? null}, ${model?.name ?? null},
        ${json(error)}, ${json(stats)}, ${json(interruptedIn)}, ${json(message.task)}, ${removedAt}
      FROM messages WHERE conversation_id = ${conversationId}`.compile(build),
  );
  if (message.sources) insertSources(database, id, message.sources);
  // Those that are in no file and not here have nothing to be linked to.
  for (const [position, document] of (message.documents ?? []).entries()) {
    database.run(
      sql`INSERT INTO message_documents (message_id, position, document_id)
        SELECT ${id}, ${position}, id FROM documents WHERE id = ${document.id}`.compile(build),
    );
  }
}

function insertSources(database: Database, messageId: string, sources: NonNullable<ArchivedMessage['sources']>): void {
  const { kind, given, list, marks } = sources;
  database.run(
    sql`INSERT INTO answer_readings (message_id, kind, given, marks)
      VALUES (${messageId}, ${kind}, ${given}, ${marks === null ? null : JSON.stringify(marks)})`.compile(build),
  );
  for (const { number, documentId, documentName, seq, page, unit, headings } of list) {
    database.run(
      sql`INSERT INTO answer_sources (message_id, number, document_id, document_name, seq, page, unit, heading)
        VALUES (${messageId}, ${number}, ${documentId}, ${documentName}, ${seq}, ${page}, ${unit},
          ${headings.join('\n')}) ON CONFLICT DO NOTHING`.compile(build),
    );
  }
}
