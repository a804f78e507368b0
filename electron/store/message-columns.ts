import { sql } from 'kysely';

import type { JournalPart } from './schema.ts';

/** The text with what is still in the journal; the journal is empty for all but running replies. */
const journalled = (part: JournalPart) => sql`coalesce((SELECT group_concat(j.text, '' ORDER BY j.seq)
  FROM message_journal j WHERE j.message_id = m.id AND j.part = ${part}), '')`;
export const fullText = sql<string>`m.text || ${journalled('text')}`;
const fullThought = sql<string>`m.thought || ${journalled('thought')}`;

/** Of `messages m`: everything of a `MessageRow` but its place among the versions, for all who read messages. */
export const messageColumns = sql`m.id, m.conversation_id, m.parent_id, m.role, ${fullText} AS text,
  ${fullThought} AS thought, m.thought_ms, m.state, m.created_at, m.model_id, m.model_name, m.error, m.stats, m.interrupted_in, m.task,
  (SELECT json_group_array(json_object('id', d.id, 'name', d.name) ORDER BY l.position)
    FROM message_documents l JOIN documents d ON d.id = l.document_id WHERE l.message_id = m.id) AS documents,
  (SELECT json_object('kind', r.kind, 'given', r.given, 'marks', json(r.marks), 'list',
    (SELECT json_group_array(json_object('number', s.number, 'documentId', s.document_id, 'documentName', s.document_name,
        'seq', s.seq, 'page', s.page, 'unit', s.unit, 'heading', s.heading, 'deleted', json(iif(EXISTS (SELECT 1
          FROM documents d WHERE d.id = s.document_id AND d.removed_at IS NULL), 'false', 'true'))) ORDER BY s.number)
      FROM answer_sources s WHERE s.message_id = r.message_id AND s.shown = 1))
    FROM answer_readings r WHERE r.message_id = m.id) AS sources`;
