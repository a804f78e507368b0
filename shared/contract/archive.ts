import { z } from 'zod';

import { messageDocumentsSchema, messageStateSchema, replyStatsSchema, turnProgressSchema } from './chat.ts';
import { errorReportSchema } from './errors.ts';
import { conversationSetupSchema, presetSchema } from './setups.ts';
import { answerSourcesSchema } from './sources.ts';
import { documentTaskSchema } from './tasks.ts';

/**
 * The form in which conversations leave and come back without loss, described in docs/export-format.md. A file is one
 * object: `format`, `version`, `exportedAt`, then `folders`, `presets`, `documents`, then `conversations`. Members that are
 * not known are ignored, so a later version may add some. Version 1 had neither presets nor documents.
 */
export const archiveFormat = 'clawdbot.conversations';
export const archiveVersion = 2;

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
  /** The documents sent along; those that are in the same file, or there already, are linked. */
  documents: messageDocumentsSchema.nullish().catch(null),
  /** What of documents the answer was given to read. */
  sources: answerSourcesSchema.nullish().catch(null),
  /** What was to be done with the documents. */
  task: documentTaskSchema.nullish().catch(null),
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

export const archivedFolderSchema = z.object({
  id,
  name: z.string().min(1).max(200),
  collapsed: z.boolean().optional().catch(false),
});
export type ArchivedFolder = z.infer<typeof archivedFolderSchema>;

/** A role, to begin conversations with. */
export const archivedPresetSchema = presetSchema.extend({ name: z.string().min(1).max(200) });
export type ArchivedPreset = z.infer<typeof archivedPresetSchema>;

/** A document as it was read. The file itself does not travel. */
export const archivedDocumentSchema = z.object({
  id,
  name: z.string().min(1).max(1000),
  /** Of the file, in hexadecimal; empty when it could not be told. */
  sha256: z.string().max(64),
  sizeBytes: z.number().int().nonnegative(),
  format: z.string().max(100).nullable(),
  language: z.string().max(100).nullable(),
  /** What reading it found, page by page. */
  report: z.json(),
  createdAt: timestampMs,
  /** In their order. */
  passages: z.array(
    z.object({
      page: z.number().int().min(1),
      /** Titles it stands under, outermost first. */
      headings: z.array(z.string()),
      text: z.string(),
      /** Where on its pages it stands. */
      places: z.json(),
    }),
  ),
});
export type ArchivedDocument = z.infer<typeof archivedDocumentSchema>;
