import { z } from 'zod';
import type { Selectable } from 'kysely';

import { factSchema } from '../../shared/contract/context.ts';
import { tryJson } from '../lib/try-json.ts';
import type { Database } from './database.ts';
import { build } from './query-builder.ts';
import type { SummariesTable } from './schema.ts';
import type { StoredSummaries, StoredSummary } from './store.ts';

const factsSchema = z.array(factSchema);

export function createStoredSummaries(database: Database): StoredSummaries {
  return {
    of(conversationId) {
      const query = build
        .selectFrom('summaries')
        .selectAll()
        .where('conversation_id', '=', conversationId)
        .orderBy('created_at')
        .orderBy('level')
        .orderBy('id');
      return database.all(query.compile()).map(toSummary);
    },
    insert(summary) {
      const row = {
        id: summary.id,
        conversation_id: summary.conversationId,
        level: summary.level,
        first_message_id: summary.firstMessageId,
        last_message_id: summary.lastMessageId,
        message_count: summary.messageCount,
        source_tokens: summary.sourceTokens,
        text: summary.text,
        facts: JSON.stringify(summary.facts),
        origin: summary.origin,
        ready: summary.ready ? 1 : 0,
        created_at: summary.createdAt,
      };
      database.run(build.insertInto('summaries').values(row).compile());
    },
    markReady(ids) {
      if (ids.length === 0) return;
      database.run(build.updateTable('summaries').set({ ready: 1 }).where('id', 'in', ids).compile());
    },
    titleTriedFrom(conversationId) {
      const query = build
        .selectFrom('title_attempts')
        .select('message_id')
        .where('conversation_id', '=', conversationId);
      return database.first(query.compile())?.message_id;
    },
    noteTitleTried(conversationId, messageId) {
      const row = { conversation_id: conversationId, message_id: messageId };
      const change = build
        .insertInto('title_attempts')
        .values(row)
        .onConflict((on) => on.column('conversation_id').doUpdateSet(row));
      database.run(change.compile());
    },
  };
}

function toSummary(row: Selectable<SummariesTable>): StoredSummary {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    level: row.level,
    firstMessageId: row.first_message_id,
    lastMessageId: row.last_message_id,
    messageCount: row.message_count,
    sourceTokens: row.source_tokens,
    text: row.text,
    // Without its facts a summary is still worth reading.
    facts: factsSchema.safeParse(tryJson(row.facts)).data ?? [],
    origin: row.origin,
    ready: row.ready === 1,
    createdAt: row.created_at,
  };
}
