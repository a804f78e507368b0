import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';

import { declaredErrors } from './errors.ts';

const base = oc.errors(declaredErrors);
const id = z.string().min(1).max(64);
const count = z.number().int().nonnegative();

/** What is wrong with a file: the code and data of `shared/model/documents/document-problem.ts`. */
export const documentProblemSchema = z.object({
  code: z.string().max(64),
  severity: z.enum(['failed', 'partial', 'note']),
  /** A sentence for the person, in both languages. */
  text: z.object({ en: z.string(), zh: z.string() }),
});
export type DocumentProblemInfo = z.infer<typeof documentProblemSchema>;

export const documentPageReportSchema = z.object({
  number: z.number().int().min(1),
  unit: z.enum(['page', 'slide', 'sheet', 'chapter', 'message', 'part']),
  label: z.string().nullable(),
  /** Entries of the file's own table of contents that lead here; left out for none. */
  bookmarks: z.array(z.object({ depth: count, title: z.string() })).exactOptional(),
  characters: count,
  tables: count,
  pictures: count,
  /** Confidence of text recognition from 0 to 1; null where the text was there as text. */
  recognised: z.number().min(0).max(1).nullable(),
});
export type DocumentPageReport = z.infer<typeof documentPageReportSchema>;

/** What came out of a file. `usable` is false when nothing of it can be asked about. */
export const documentSchema = z.object({
  id,
  name: z.string(),
  sizeBytes: count,
  /** Null when nobody could tell. */
  format: z.string().nullable(),
  language: z.string().nullable(),
  characters: count,
  pages: count,
  passages: count,
  usable: z.boolean(),
  readMs: z.number().nonnegative(),
  createdAt: z.number(),
  problems: z.array(documentProblemSchema),
});
export type DocumentInfo = z.infer<typeof documentSchema>;

/** A passage that an answer was given to read, as a person can check it. */
export const passageSchema = z.object({
  documentId: id,
  documentName: z.string(),
  seq: count,
  page: z.number().int().min(1),
  unit: documentPageReportSchema.shape.unit,
  /** What is printed on the page where that is not its number, such as `iv` or `A-3`. */
  pageLabel: z.string().exactOptional(),
  headings: z.array(z.string()),
  text: z.string(),
});
export type PassageInfo = z.infer<typeof passageSchema>;

export const documentEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('reading'),
    pagesRead: count,
    /** Null while it is not known. */
    pagesTotal: count.nullable(),
    characters: count,
  }),
  z.object({ type: z.literal('indexing') }),
  z.object({ type: z.literal('done'), document: documentSchema }),
]);
export type DocumentEvent = z.infer<typeof documentEventSchema>;

/** How far a document can be searched by meaning. */
export const documentEmbeddingSchema = z.object({
  modelName: z.string(),
  /** Passages. */
  embedded: count,
  state: z.enum(['done', 'running', 'waiting', 'failed']),
  /** An English sentence, when it failed. */
  reason: z.string().nullable(),
});
export type DocumentEmbedding = z.infer<typeof documentEmbeddingSchema>;

const byDocument = z.object({ documentId: id });

export const documentsContract = {
  /**
   * Reads a file that was handed over and ends with what came of it. Leaving the stream early stops the reading and
   * keeps nothing. `ticket` is what handing over gave.
   */
  add: base.input(z.object({ ticket: z.string().min(1).max(200) })).output(eventIterator(documentEventSchema)),
  /** What each page gave. */
  report: base.input(byDocument).output(
    z.object({
      document: documentSchema,
      pages: z.array(documentPageReportSchema),
      /** Null where no model searches by meaning. */
      embedding: documentEmbeddingSchema.nullable(),
    }),
  ),
  /** Newest first. */
  list: base
    .input(z.object({ limit: z.number().int().min(1).max(500) }))
    .output(z.object({ documents: z.array(documentSchema) })),
  passages: base
    .input(byDocument.extend({ seqs: z.array(count).max(100) }))
    .output(z.object({ passages: z.array(passageSchema) })),
  /** Nothing can be asked about it any more; `restore` brings it back for 30 days. */
  remove: base.input(byDocument).output(z.object({})),
  restore: base.input(byDocument).output(documentSchema),
};
