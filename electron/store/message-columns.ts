import { sql } from 'kysely';

import type { JournalPart } from './schema.ts';

/** The text with what is still in the journal; the journal is empty for all but running replies. */
const journalled = (part: JournalPart) => sql`coalesce((SELECT group_concat(j.text, '' ORDER BY j.seq)
  FROM message_journal j WHERE j.message_id = m.id AND j.part = ${part}), '')`;
export const fullText = sql<string>`m.text || ${journalled('text')}`;
const fullThought = sql<string>`m.thought || ${journalled('thought')}`;

/** Of `messages m`: everything of a `MessageRow` but its place among the versions, for all who read messages. */
export const messageColumns = sql`m.id, m.conversation_id, m.parent_id, m.role, ${fullText} AS text,
  ${fullThought} AS thought, m.thought_ms, m.state, m.created_at, m.model_id, m.model_name, m.error, m.stats, m.interrupted_in,
  (SELECT json_group_array(json_object('id', d.id, 'name', d.name) ORDER BY l.position)
    FROM message_documents l JOIN documents d ON d.id = l.document_id WHERE l.message_id = m.id) AS documents`;
