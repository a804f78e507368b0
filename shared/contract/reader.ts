import { oc } from '@orpc/contract';
import { z } from 'zod';

import { documentPageReportSchema, documentSchema } from './documents.ts';
import { declaredErrors } from './errors.ts';

const base = oc.errors(declaredErrors);
const byDocument = z.object({ documentId: z.string().min(1).max(64) });
const count = z.number().int().nonnegative();

/** Bytes of one answer at most. */
export const originalPieceLimitBytes = 1024 * 1024;

/** Points from the upper left corner of the page as it is shown; pixels for a picture. */
export const boxSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
export type PassageBox = z.infer<typeof boxSchema>;

export const readPassageSchema = z.object({
  seq: count,
  page: z.number().int().min(1),
  /** Titles it stands under, outermost first. */
  headings: z.array(z.string()),
  /** Tables as Markdown. */
  text: z.string(),
  /** Where it stands on its page; empty where the format knows no places. */
  boxes: z.array(boxSchema),
});
export type ReadPassage = z.infer<typeof readPassageSchema>;

/** `text`: from its passages. Otherwise from its original, which is then there. */
export const openedDocumentSchema = z.object({
  document: documentSchema,
  pages: z.array(documentPageReportSchema),
  shown: z.enum(['pdf', 'picture', 'text']),
  /** Of the original; null when it is not shown. */
  mediaType: z.enum(['application/pdf', 'image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp']).nullable(),
  /** Bytes that `piece` gives; 0 when it is shown as text. */
  shownBytes: count,
  /**
   * `unneeded`: its format has no pages of its own looks. `tooLarge`: only the text of so large a file is kept.
   * `missing`: it was not kept, or is gone. `unknown`: a picture of a kind that no browser shows.
   */
  original: z.enum(['kept', 'unneeded', 'tooLarge', 'missing', 'unknown']),
});
export type OpenedDocument = z.infer<typeof openedDocumentSchema>;

/**
 * What shows a document to a person. The original comes in pieces of base64 as an answer to a call, never under an address:
 * nothing of it can be opened as a page, and who may read it is whoever may call.
 */
export const readerContract = {
  open: base.input(byDocument).output(openedDocumentSchema),
  /** Of the original, or of the picture that was made of it. Fewer bytes at its end. */
  piece: base
    .input(byDocument.extend({ offset: count, lengthBytes: z.number().int().min(1).max(originalPieceLimitBytes) }))
    .output(z.object({ base64: z.string() })),
  /** Passages by their place in the document, as many as there are. */
  passages: base
    .input(byDocument.extend({ from: count, limit: z.number().int().min(1).max(500) }))
    .output(z.object({ passages: z.array(readPassageSchema) })),
};
