import { oc } from '@orpc/contract';
import { z } from 'zod';

import { personalKinds } from '../model/privacy/personal-kinds.ts';
import { documentPageReportSchema } from './documents.ts';
import { declaredErrors } from './errors.ts';

const base = oc.errors(declaredErrors);
const id = z.string().min(1).max(64);
const count = z.number().int().nonnegative();
const page = z.number().int().min(1);
const unit = documentPageReportSchema.shape.unit;
const byDocument = z.object({ documentId: id });

/** A file that lies ready under `/export?ticket=`, for a few minutes. */
const preparedFileSchema = z.object({ ticket: z.string(), name: z.string() });
export type PreparedFile = z.infer<typeof preparedFileSchema>;

/** A value that tells of a person, with the places where it stands, however it is written there. */
export const personalValueSchema = z.object({
  /** The same for the same value of the same kind. */
  id: z.string(),
  kind: z.enum(personalKinds),
  /** As it is written first. */
  text: z.string(),
  /** From 0.5 to 1. */
  score: z.number().min(0).max(1),
  /** How often it stands in the document; `places` are the first of them. */
  occurrences: count,
  places: z.array(z.object({ page, unit, before: z.string(), text: z.string(), after: z.string() })),
});
export type PersonalValue = z.infer<typeof personalValueSchema>;

/** Names and words that a person wants found whatever they are; one each. */
const ownWords = z.array(z.string().min(1).max(200)).max(500);

export const documentTableSchema = z.object({
  /** From 0, in the order of the document. */
  index: count,
  page,
  unit,
  /** What stands above it; empty for nothing. */
  title: z.string(),
  rows: count,
  columns: count,
  /** Null where the table has none. */
  header: z.array(z.string()).nullable(),
  /** The first rows. */
  preview: z.array(z.array(z.string())),
});
export type DocumentTable = z.infer<typeof documentTableSchema>;

/** A stretch of a paragraph; `changed` where it is not in the other document. */
const piece = z.object({ text: z.string(), changed: z.boolean() });
const side = z.object({ page, unit, pieces: z.array(piece) });
export type ComparedSide = z.infer<typeof side>;

/**
 * A paragraph, title, or row of a table. `moved` stands where it is now, with where it was; `movedAway` where it was.
 */
export const comparedRowSchema = z.object({
  kind: z.enum(['same', 'changed', 'added', 'removed', 'moved', 'movedAway']),
  before: side.nullable(),
  after: side.nullable(),
});
export type ComparedRow = z.infer<typeof comparedRowSchema>;

export const comparisonSchema = z.object({
  before: z.object({ id, name: z.string() }),
  after: z.object({ id, name: z.string() }),
  counts: z.object({ same: count, changed: count, added: count, removed: count, moved: count }),
  rows: z.array(comparedRowSchema),
});
export type Comparison = z.infer<typeof comparisonSchema>;

const twoDocuments = z.object({ beforeId: id, afterId: id });

/** What is worked out from documents on this device, without a model. Nothing of it is stored. */
export const analysisContract = {
  findPersonalData: base
    .input(byDocument.extend({ ownWords }))
    .output(z.object({ values: z.array(personalValueSchema), more: count })),
  /**
   * Prepares a copy of the document's text without any value but those of `keep`, and looks through it for each of them
   * before handing it out.
   */
  redact: base
    .input(
      byDocument.extend({
        ownWords,
        keep: z.array(z.string().max(64)).max(5000),
        format: z.enum(['markdown', 'text']),
        language: z.enum(['en', 'zh']),
      }),
    )
    .output(preparedFileSchema.extend({ replaced: count })),
  /** Prepares a copy of a DICOM file after the basic profile of PS3.15; what is drawn into its picture stays. */
  deidentify: base.input(byDocument.extend({ language: z.enum(['en', 'zh']) })).output(preparedFileSchema),
  tables: base.input(byDocument).output(z.object({ tables: z.array(documentTableSchema) })),
  /** One as CSV after RFC 4180, several as a zip of these. */
  saveTables: base
    .input(
      byDocument.extend({
        tables: z.array(count).min(1).max(2000),
        /** Puts an apostrophe before what a spreadsheet would calculate. */
        guardFormulas: z.boolean(),
      }),
    )
    .output(preparedFileSchema),
  compare: base.input(twoDocuments).output(comparisonSchema),
  /** What changed, as Markdown: to save, or to ask a model about. */
  describeChanges: base
    .input(
      twoDocuments.extend({ language: z.enum(['en', 'zh']), limitChars: z.number().int().min(200).max(1_000_000) }),
    )
    .output(z.object({ markdown: z.string(), left: count })),
  saveChanges: base.input(twoDocuments.extend({ language: z.enum(['en', 'zh']) })).output(preparedFileSchema),
};
