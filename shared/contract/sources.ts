import { z } from 'zod';

import { passageSchema } from './documents.ts';

const count = z.number().int().nonnegative();
const number = z.number().int().min(1);

/** A passage that an answer was given to read, by the number it had there. Its text is had from `documents.passages`. */
export const answerSourceSchema = passageSchema.omit({ text: true, pageLabel: true }).extend({
  number,
  /** The document was deleted since; its passages cannot be shown unless it comes back. */
  deleted: z.boolean(),
});
export type AnswerSource = z.infer<typeof answerSourceSchema>;

/** A stretch of the answer's text, in UTF-16 units. */
const span = { start: count, end: count };

/** What comparing an answer with its sources found. What is right, or could not be told, is not marked. */
export const answerMarkSchema = z.discriminatedUnion('type', [
  /** Names no source, and this one clearly bears it out. */
  z.object({ type: z.literal('supported'), ...span, number }),
  /** In quotation marks, and in none of the sources. */
  z.object({ type: z.literal('wrongQuote'), ...span }),
  /** A number or a date that the sources named beside it do not hold. */
  z.object({ type: z.literal('missingValue'), ...span }),
]);
export type AnswerMark = z.infer<typeof answerMarkSchema>;

/**
 * What of the person's documents an answer was given to read. `whole`: everything there is. `found`: what fits the question.
 * `nothing`: no passage has anything to do with it.
 */
export const answerSourcesSchema = z.object({
  kind: z.enum(['whole', 'found', 'nothing']),
  /** How many were given; their numbers are 1 to this. */
  given: count,
  /** By number. All of them until the answer was compared with them; then, of whole documents, those that it rests on. */
  list: z.array(answerSourceSchema),
  /** In the order of the text. Null until the answer was compared with its sources. */
  marks: z.array(answerMarkSchema).nullable(),
});
export type AnswerSources = z.infer<typeof answerSourcesSchema>;
