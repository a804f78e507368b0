import { z } from 'zod';

const language = z.enum(['en', 'zh']);
const text = z.string().trim().min(1);

const tableSchema = z
  .strictObject({ kind: z.literal('table'), header: z.array(z.string()).min(2), rows: z.array(z.array(z.string())) })
  .refine(({ header, rows }) => rows.length > 0 && rows.every((row) => row.length === header.length), {
    error: 'A table needs rows, each as wide as its header.',
  });

const blockSchema = z.union([
  z.strictObject({ kind: z.literal('heading'), level: z.int().min(1).max(3), text }),
  z.strictObject({ kind: z.literal('paragraph'), text }),
  z.strictObject({ kind: z.literal('listItem'), text }),
  tableSchema,
]);

export const sourceDocumentSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: text,
  language,
  pages: z.array(z.strictObject({ blocks: z.array(blockSchema).min(1) })).min(2),
});

const asked = {
  id: z.string().regex(/^[a-z0-9-]+$/),
  language,
  /** Those it is asked about. */
  documents: z.union([z.literal('all'), z.array(z.string()).min(1)]),
  question: text,
};

export const questionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...asked,
    kind: z.enum(['fact', 'table', 'paraphrase', 'section']),
    /** The document that answers it. */
    source: z.string(),
    /** Any one of them will do. */
    answers: z.array(text).min(1),
    /** Counted from 1. */
    page: z.int().min(1),
    /** Stands literally, once on that page, in the block that answers it; in a table, in a cell of the row that does. */
    holds: text,
  }),
  z.strictObject({ ...asked, kind: z.literal('negative'), answers: z.tuple([]) }),
]);

export type Block = z.infer<typeof blockSchema>;
export type SourceDocument = z.infer<typeof sourceDocumentSchema>;
export type Question = z.infer<typeof questionSchema>;
export type AnsweredQuestion = Exclude<Question, { kind: 'negative' }>;
export type NegativeQuestion = Extract<Question, { kind: 'negative' }>;

export interface QuestionSet {
  readonly documents: readonly SourceDocument[];
  readonly questions: readonly Question[];
}

/** A part of a document that retrieval came up with; pages counted from 1, both ends included. */
export interface FoundPassage {
  readonly documentId: string;
  readonly firstPage: number;
  readonly lastPage: number;
  readonly text: string;
}

export function isAnswered(question: Question): question is AnsweredQuestion {
  return question.kind !== 'negative';
}

export function documentsAskedAbout(set: QuestionSet, question: Question): SourceDocument[] {
  const { documents } = question;
  return set.documents.filter(({ id }) => documents === 'all' || documents.includes(id));
}

/** What a block says, cell by cell where it is a table. */
export function textsOf(block: Block): string[] {
  return block.kind === 'table' ? [block.header, ...block.rows].flat() : [block.text];
}

/** Whether a passage holds what answers the question. Space is ignored: a file breaks its lines where it likes. */
export function isRightPassage(passage: FoundPassage, question: AnsweredQuestion): boolean {
  return (
    passage.documentId === question.source &&
    passage.firstPage <= question.page &&
    question.page <= passage.lastPage &&
    withoutSpace(passage.text).includes(withoutSpace(question.holds))
  );
}

export function withoutSpace(written: string): string {
  return written.replaceAll(/\s+/g, '');
}
