import { sql } from 'kysely';

import type { Database } from '../../electron/store/database.ts';
import { build } from '../../electron/store/query-builder.ts';
import type { ExpectedImport } from './crash-expectations.ts';
import type { ImportedConversation } from './crash-log.ts';

/**
 * What was told to be imported is there to the last word, what was stopped is not, and of what nobody was told either
 * all is there or nothing. What a person did with it afterwards is checked where everything else is.
 */
export function checkImports(
  database: Database,
  imports: readonly ExpectedImport[],
): { readonly torn: string[]; readonly lost: string[] } {
  const torn: string[] = [];
  const lost: string[] = [];
  for (const { importId, kind, conversations, end } of imports) {
    if (end?.state === 'failed') lost.push(`import ${importId} failed`);
    // What had been there before cannot be told from what came.
    if (kind === 'grown') continue;
    const problems = conversations.flatMap((conversation) => problemsOf(database, conversation));
    const shown = conversations.filter(({ id }) => isImported(database, id));
    if (end?.state === 'done') {
      if (shown.length < conversations.length) lost.push(`import ${importId} lacks conversations`);
      lost.push(...problems);
      continue;
    }
    if (end !== undefined && shown.length > 0) torn.push(`import ${importId} was stopped and is shown`);
    if (shown.length === 0) continue;
    if (shown.length < conversations.length) torn.push(`import ${importId} is shown by halves`);
    torn.push(...problems);
  }
  return { torn, lost };
}

/** Shown, or deleted by a person since. */
function isImported(database: Database, conversationId: string): boolean {
  const row = sql`SELECT 1 FROM conversations WHERE id = ${conversationId} AND (removed_at IS NULL OR removed_at > 1)`;
  return database.first(row.compile(build)) !== undefined;
}

function problemsOf(database: Database, { id, messages }: ImportedConversation): string[] {
  const rows = new Map(
    database
      .all(
        sql<{ id: string; parent_id: string | null; text: string }>`SELECT id, parent_id, text FROM messages
          WHERE conversation_id = ${id}`.compile(build),
      )
      .map((row) => [row.id, row]),
  );
  return messages.flatMap((message) => {
    const row = rows.get(message.id);
    if (row === undefined) return [`imported message ${message.id} is gone`];
    // An answer that was stopped may have been continued.
    const same = row.parent_id === message.parentId && row.text.startsWith(message.text);
    return same ? [] : [`imported message ${message.id} has changed`];
  });
}
