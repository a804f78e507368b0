import { sql } from 'kysely';

import type { Database } from './database.ts';
import { fullText, messageColumns } from './message-columns.ts';
import { toMessage, type MessageRow } from './message-row.ts';
import { build } from './query-builder.ts';
import type { BranchMessage, MessageContent, OutlinedMessage, StoredMessages } from './store.ts';
import { condemned } from './stored-bin.ts';

const siblings = sql`FROM messages v
  WHERE v.parent_id IS m.parent_id AND v.conversation_id = m.conversation_id AND v.removed_at IS NULL`;

const versionColumns = sql`(SELECT count(*) ${siblings} AND v.seq < m.seq) AS version_index,
  (SELECT count(*) ${siblings}) AS version_count`;

/** From a message towards the first one of its conversation, at most `limit` of them; -1 is all. */
const branchOf = (headId: string, limit: number) => sql`WITH RECURSIVE branch (id, parent_id, distance) AS (
    SELECT id, parent_id, 0 FROM messages WHERE id = ${headId}
    UNION ALL
    SELECT p.id, p.parent_id, branch.distance + 1 FROM branch JOIN messages p ON p.id = branch.parent_id
    LIMIT ${limit}
  )`;

/** A message and everything that follows it, on all branches. */
const subtreeOf = (messageId: string) => sql`WITH RECURSIVE subtree (id) AS (
    SELECT ${messageId}
    UNION ALL
    SELECT c.id FROM subtree JOIN messages c ON c.parent_id = subtree.id
  )`;

export function createStoredMessages(database: Database): StoredMessages {
  const select = <R>(query: ReturnType<typeof sql<R>>) => query.compile(build);

  const distance = (messageId: string, headId: string): number | undefined =>
    database.first(
      select(sql<{ distance: number }>`${branchOf(headId, -1)} SELECT distance FROM branch
        WHERE id = ${messageId} LIMIT 1`),
    )?.distance;

  return {
    insert(message) {
      const { id, conversationId, parentId, role, text, state, createdAt, model, requestId, task } = message;
      database.run(
        sql`INSERT INTO messages
          (id, conversation_id, parent_id, seq, role, text, state, created_at, model_id, model_name, request_id, task)
          SELECT ${id}, ${conversationId}, ${parentId}, coalesce(max(seq), 0) + 1, ${role}, ${text}, ${state},
            ${createdAt}, ${model?.id ?? null}, ${model?.name ?? null}, ${requestId},
            ${task === undefined ? null : JSON.stringify(task)}
          FROM messages WHERE conversation_id = ${conversationId}`.compile(build),
      );
    },

    find(messageId) {
      const row = database.first(
        select(
          sql<MessageRow>`SELECT ${messageColumns}, ${versionColumns} FROM messages m WHERE m.id = ${messageId} AND m.removed_at IS NULL`,
        ),
      );
      return row && toMessage(row);
    },

    branch(headId, limit) {
      const rows = database.all(
        select(sql<MessageRow>`${branchOf(headId, limit + 1)} SELECT ${messageColumns}, ${versionColumns}
          FROM branch CROSS JOIN messages m ON m.id = branch.id ORDER BY branch.distance`),
      );
      return { messages: rows.slice(0, limit).map(toMessage).toReversed(), hasEarlier: rows.length > limit };
    },

    wholeBranch(headId) {
      return database.all(
        select(sql<BranchMessage>`${branchOf(headId, -1)} SELECT m.id, m.role, ${fullText} AS text
          FROM branch CROSS JOIN messages m ON m.id = branch.id ORDER BY branch.distance DESC`),
      );
    },

    ancestors(headId, limit) {
      return database.all(
        select(sql<OutlinedMessage>`${branchOf(headId, limit)} SELECT m.id, m.parent_id AS "parentId", m.role, m.state,
            ${fullText} AS text
          FROM branch CROSS JOIN messages m ON m.id = branch.id ORDER BY branch.distance`),
      );
    },

    ancestorIds(headId) {
      const rows = database.all(
        select(sql<{ id: string }>`${branchOf(headId, -1)} SELECT id FROM branch ORDER BY distance`),
      );
      return rows.map(({ id }) => id);
    },

    contents(messageIds) {
      const rows = database.all(
        select(sql<
          MessageContent & { id: string }
        >`SELECT m.id, m.role, m.created_at AS "createdAt", ${fullText} AS text
          FROM json_each(${JSON.stringify(messageIds)}) wanted CROSS JOIN messages m ON m.id = wanted.value`),
      );
      return new Map(rows.map(({ id, ...content }) => [id, content]));
    },

    findRequest(requestId) {
      return database.first(
        select(sql<{ conversationId: string; messageId: string; replyId: string }>`
          SELECT m.conversation_id AS "conversationId", m.id AS "messageId", r.id AS "replyId"
          FROM messages m JOIN messages r ON r.parent_id = m.id
          WHERE m.request_id = ${requestId} ORDER BY r.seq LIMIT 1`),
      );
    },

    versions(messageId) {
      const rows = database.all(
        select(sql<{ id: string }>`SELECT v.id FROM messages m
          JOIN messages v ON v.parent_id IS m.parent_id AND v.conversation_id = m.conversation_id
          WHERE m.id = ${messageId} AND v.removed_at IS NULL ORDER BY v.seq`),
      );
      return rows.map(({ id }) => id);
    },

    newestEnd(messageId) {
      const row = database.first(
        select(sql<{ id: string }>`WITH RECURSIVE path (id, distance) AS (
            SELECT ${messageId}, 0
            UNION ALL
            SELECT (SELECT c.id FROM messages c WHERE c.parent_id = path.id AND c.removed_at IS NULL
              ORDER BY c.seq DESC LIMIT 1), distance + 1
            FROM path WHERE path.id IS NOT NULL
          ) SELECT id FROM path WHERE id IS NOT NULL ORDER BY distance DESC LIMIT 1`),
      );
      return row?.id ?? messageId;
    },

    hasFollowUp(messageId) {
      const row = database.first(
        select(sql<unknown>`SELECT 1 FROM messages WHERE parent_id = ${messageId} AND removed_at IS NULL LIMIT 1`),
      );
      return row !== undefined;
    },

    isOnBranch: (messageId, headId) => distance(messageId, headId) !== undefined,

    distance,

    remove(messageId, atMs, headId) {
      database.transaction(() => {
        database.run(
          sql`${subtreeOf(messageId)} UPDATE messages SET removed_at = ${atMs}, removed_by = ${messageId}
            WHERE id IN subtree AND removed_at IS NULL`.compile(build),
        );
        database.run(sql`UPDATE messages SET removed_head_id = ${headId} WHERE id = ${messageId}`.compile(build));
      });
    },

    restore: (messageId) => database.transaction(() => restore(database, messageId)),
  };
}

function restore(database: Database, messageId: string): ReturnType<StoredMessages['restore']> {
  const removed = database.first(
    build
      .selectFrom('messages as m')
      .leftJoin('messages as parent', 'parent.id', 'm.parent_id')
      .select(['m.conversation_id', 'm.removed_head_id', 'parent.removed_at', 'parent.removed_by'])
      .where('m.id', '=', messageId)
      .where('m.removed_by', '=', messageId)
      .where('m.removed_at', '>', condemned)
      .compile(),
  );
  if (removed === undefined) return undefined;
  // When what it answers was removed meanwhile, it belongs to that removal from now on and comes back with it.
  const { removed_at, removed_by } = removed;
  database.run(
    build.updateTable('messages').set({ removed_at, removed_by }).where('removed_by', '=', messageId).compile(),
  );
  database.run(build.updateTable('messages').set({ removed_head_id: null }).where('id', '=', messageId).compile());
  return { conversationId: removed.conversation_id, headId: removed_at === null ? removed.removed_head_id : null };
}
