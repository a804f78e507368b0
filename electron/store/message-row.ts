import { z } from 'zod';

import { errorReportSchema } from '../../shared/contract/errors.ts';
import { answerSourceSchema, answerSourcesSchema } from '../../shared/contract/sources.ts';
import { messageDocumentsSchema, replyStatsSchema, turnProgressSchema } from '../../shared/contract/chat.ts';
import { documentTaskSchema } from '../../shared/contract/tasks.ts';
import type { AnswerSources, DocumentTask, Message, StoredError, TurnProgress } from '../../shared/contract/index.ts';
import type { MessagesTable } from './schema.ts';
import { splitHeadings } from './stored-sources.ts';

/** A message as the statements of stored-messages.ts select it. */
export interface MessageRow extends Pick<
  MessagesTable,
  | 'id'
  | 'conversation_id'
  | 'parent_id'
  | 'role'
  | 'text'
  | 'thought_ms'
  | 'state'
  | 'created_at'
  | 'model_id'
  | 'model_name'
> {
  readonly thought: string;
  readonly error: string | null;
  readonly stats: string | null;
  readonly interrupted_in: string | null;
  readonly task: string | null;
  /** JSON. */
  readonly documents: string;
  /** JSON. */
  readonly sources: string | null;
  readonly version_index: number;
  readonly version_count: number;
}

export function toMessage(row: MessageRow): Message {
  const interruptedIn = row.interrupted_in === null ? undefined : tryReadProgress(row.interrupted_in);
  const sources = row.sources === null ? undefined : tryReadSources(row.sources);
  const task = row.task === null ? undefined : tryReadTask(row.task);
  return {
    id: row.id,
    conversationId: row.conversation_id,
    parentId: row.parent_id,
    role: row.role,
    text: row.text,
    thought: row.thought === '' ? null : { text: row.thought, durationMs: row.thought_ms },
    state: row.state,
    ...(interruptedIn === undefined ? {} : { interruptedIn }),
    createdAt: row.created_at,
    model: row.model_id === null ? null : { id: row.model_id, name: row.model_name ?? row.model_id },
    error: row.error === null ? null : readError(row.error),
    stats: row.stats === null ? null : (replyStatsSchema.safeParse(JSON.parse(row.stats)).data ?? null),
    version: { index: row.version_index, count: row.version_count },
    ...(sources === undefined ? {} : { sources }),
    ...(row.documents === '[]' ? {} : { documents: messageDocumentsSchema.parse(JSON.parse(row.documents)) }),
    ...(task === undefined ? {} : { task }),
  };
}

/** An older version may have stored a code that no longer exists; the failed reply must stay readable. */
function readError(json: string): StoredError {
  const parsed = errorReportSchema.safeParse(JSON.parse(json));
  return parsed.data ?? { code: 'INTERNAL', message: 'This answer failed.', data: { reference: 'unknown' } };
}

/** A state that this version does not know says nothing. */
function tryReadProgress(json: string): TurnProgress | undefined {
  return turnProgressSchema.safeParse(JSON.parse(json)).data;
}

const storedSourcesSchema = answerSourcesSchema.extend({
  list: z.array(
    answerSourceSchema
      .omit({ headings: true })
      .extend({ heading: z.string() })
      .transform(({ heading, ...source }) => ({ ...source, headings: splitHeadings(heading) })),
  ),
});

/** What this version cannot read of it is worth less than the answer. */
function tryReadSources(json: string): AnswerSources | undefined {
  return storedSourcesSchema.safeParse(JSON.parse(json)).data;
}

/** One that this version does not know is a question like any other. */
function tryReadTask(json: string): DocumentTask | undefined {
  return documentTaskSchema.safeParse(JSON.parse(json)).data;
}
