import { z } from 'zod';

import { messageDocumentsSchema, messageStateSchema, replyStatsSchema, turnProgressSchema } from './chat.ts';
import { errorReportSchema } from './errors.ts';
import { conversationSetupSchema } from './setups.ts';

/**
 * The form in which conversations leave and come back without loss, described in docs/export-format.md. A file is one
 * object: `format`, `version`, `exportedAt`, then `folders`, then `conversations`. Members that are not known are
 * ignored, so a later version may add some.
 */
export const archiveFormat = 'clawdbot.conversations';
export const archiveVersion = 1;

const id = z.string().min(1).max(64);
const timestampMs = z.number().int().nonnegative();

export const archivedMessageSchema = z.object({
  id,
  /** The message it follows, earlier in the list; null for a first one. Several may follow the same: its versions. */
  parentId: id.nullable(),
  role: z.enum(['user', 'assistant']),
  text: z.string(),
  thought: z.object({ text: z.string(), durationMs: z.number().int().nonnegative().nullable() }).nullish(),
  state: messageStateSchema.exclude(['running']).catch('interrupted'),
  interruptedIn: turnProgressSchema.nullish().catch(null),
  createdAt: timestampMs,
  model: z.object({ id: z.string(), name: z.string() }).nullish(),
  error: errorReportSchema.nullish().catch(null),
  stats: replyStatsSchema.nullish().catch(null),
  /** Names of the documents sent along; what is in them does not travel. */
  documents: messageDocumentsSchema.nullish().catch(null),
});
export type ArchivedMessage = z.infer<typeof archivedMessageSchema>;

export const archivedConversationSchema = z.object({
  id,
  title: z.string(),
  titleSource: z.enum(['none', 'message', 'person']).catch('person'),
  createdAt: timestampMs,
  updatedAt: timestampMs,
  pinned: z.boolean().catch(false),
  /** The last message of the branch on screen. */
  headId: id.nullish(),
  modelId: z.string().nullish(),
  folderId: id.nullish(),
  setup: conversationSetupSchema.nullish().catch(null),
  /** In the order in which they were made. */
  messages: z.array(archivedMessageSchema),
});
export type ArchivedConversation = z.infer<typeof archivedConversationSchema>;

export const archivedFolderSchema = z.object({ id, name: z.string().min(1).max(200) });
export type ArchivedFolder = z.infer<typeof archivedFolderSchema>;
