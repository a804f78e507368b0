import { sql, type Selectable, type Updateable } from 'kysely';

import type { Database } from './database.ts';
import { build } from './query-builder.ts';
import { condemned } from './stored-bin.ts';
import type { ConversationsTable } from './schema.ts';
import type { ConversationChange, ConversationRecord, StoredConversations } from './store.ts';

export function createStoredConversations(database: Database): StoredConversations {
  // Counting walks an index, so it is done once and again only after a change.
  let total: number | undefined;
  let countedIn = database.generation;

  const shown = () => build.selectFrom('conversations').selectAll().where('removed_at', 'is', null);

  const page = (before: string | null, limit: number): ConversationRecord[] | undefined => {
    const newest = shown().orderBy('updated_at', 'desc').orderBy('id', 'desc').limit(limit);
    if (before === null) return database.all(newest.compile()).map(toRecord);
    const cursor = database.first(
      build.selectFrom('conversations').select(['updated_at', 'id']).where('id', '=', before).compile(),
    );
    if (cursor === undefined) return undefined;
    const older = newest.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('updated_at', 'id'), '<', tuple(cursor.updated_at, cursor.id)),
    );
    return database.all(older.compile()).map(toRecord);
  };

  const setRemoved = (conversationId: string, removedAt: number | null): boolean => {
    total = undefined;
    const found = build.updateTable('conversations').set({ removed_at: removedAt }).where('id', '=', conversationId);
    const change =
      removedAt === null ? found.where('removed_at', '>', condemned) : found.where('removed_at', 'is', null);
    return database.run(change.compile()) > 0;
  };

  return {
    insert(conversation) {
      total = undefined;
      const { id, title, titleSource, createdAt, updatedAt, pinned, headId, modelId, folderId } = conversation;
      const row = {
        id,
        title,
        title_source: titleSource,
        created_at: createdAt,
        updated_at: updatedAt,
        pinned: pinned ? 1 : 0,
        head_message_id: headId,
        model_id: modelId,
        folder_id: folderId ?? null,
      };
      database.run(build.insertInto('conversations').values(row).compile());
    },
    find(conversationId) {
      const row = database.first(shown().where('id', '=', conversationId).compile());
      return row && toRecord(row);
    },
    page,
    pinned(limit) {
      // Written out: SQLite uses the partial index only when it sees the constant.
      const query = shown()
        .where(sql<boolean>`pinned = 1`)
        .orderBy('updated_at', 'desc')
        .orderBy('id', 'desc');
      return database.all(query.limit(limit).compile()).map(toRecord);
    },
    inFolder(folderId, limit) {
      const query = shown().where('folder_id', '=', folderId).orderBy('updated_at', 'desc').orderBy('id', 'desc');
      return database.all(query.limit(limit).compile()).map(toRecord);
    },
    count() {
      if (countedIn !== database.generation) total = undefined;
      countedIn = database.generation;
      total ??= database.first(
        build
          .selectFrom('conversations')
          .select(({ fn }) => fn.countAll<number>().as('total'))
          .where('removed_at', 'is', null)
          .compile(),
      )?.total;
      return total ?? 0;
    },
    update(conversationId, change) {
      database.run(build.updateTable('conversations').set(toRow(change)).where('id', '=', conversationId).compile());
    },
    remove: setRemoved,
    restore: (conversationId) => setRemoved(conversationId, null),
  };
}

export function toRecord(row: Selectable<ConversationsTable>): ConversationRecord {
  return {
    id: row.id,
    title: row.title,
    titleSource: row.title_source,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    pinned: row.pinned === 1,
    headId: row.head_message_id,
    modelId: row.model_id,
    folderId: row.folder_id,
  };
}

function toRow(change: ConversationChange): Updateable<ConversationsTable> {
  const { title, titleSource, updatedAt, pinned, headId, modelId, folderId } = change;
  return {
    ...(title === undefined ? {} : { title }),
    ...(titleSource === undefined ? {} : { title_source: titleSource }),
    ...(updatedAt === undefined ? {} : { updated_at: updatedAt }),
    ...(pinned === undefined ? {} : { pinned: pinned ? 1 : 0 }),
    ...(headId === undefined ? {} : { head_message_id: headId }),
    ...(modelId === undefined ? {} : { model_id: modelId }),
    ...(folderId === undefined ? {} : { folder_id: folderId }),
  };
}
