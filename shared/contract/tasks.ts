import { z } from 'zod';

const page = z.number().int().min(1);

/** Pages of each document, both included; all of them when it is left out. */
const pages = z
  .object({ from: page, to: page })
  .refine(({ from, to }) => from <= to)
  .exactOptional();

/** Something that is done with whole documents, not a question that a few passages answer. */
export const documentTaskSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('summary'), pages }),
  z.object({ kind: z.literal('keyFacts'), pages }),
  /** The table of contents. */
  z.object({ kind: z.literal('outline'), pages }),
  /** Questions that are worth asking about them. */
  z.object({ kind: z.literal('questions'), pages }),
  z.object({
    kind: z.literal('translate'),
    pages,
    /** BCP 47, such as `en` or `zh-Hans`. */
    language: z
      .string()
      .max(20)
      .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/),
  }),
]);
export type DocumentTask = z.infer<typeof documentTaskSchema>;
