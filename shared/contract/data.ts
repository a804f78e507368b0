import { oc } from '@orpc/contract';
import { z } from 'zod';

import { declaredErrors } from './errors.ts';

const base = oc.errors(declaredErrors);
const id = z.string().min(1).max(64);
const count = z.number().int().nonnegative();

/** Something that was deleted: a conversation, or a message of one that is still there, with what followed it. */
export const binItemSchema = z.object({
  kind: z.enum(['conversation', 'message']),
  /** What `chat.restore` or `chat.restoreMessage` brings back. */
  id,
  conversationId: id,
  /** Title of the conversation; may be empty. */
  title: z.string(),
  /** The beginning of a message; empty for a conversation. */
  text: z.string(),
  role: z.enum(['user', 'assistant']),
  /** How many messages come back with it. */
  messages: count,
  /** Until it is deleted for good. */
  remainingMs: count,
});
export type BinItem = z.infer<typeof binItemSchema>;

export const binPageSchema = z.object({
  /** The latest deleted first. */
  items: z.array(binItemSchema),
  /** Where the next page begins; null at the end. */
  next: z.string().nullable(),
  total: count,
});
export type BinPage = z.infer<typeof binPageSchema>;

/** The person's data as a whole: what was deleted, copies of it, ways in and out. */
export const dataContract = {
  bin: base
    .input(z.object({ after: z.string().max(100).nullable(), limit: z.number().int().min(1).max(200) }))
    .output(binPageSchema),
  /** Nothing brings it back afterwards but a snapshot. */
  deleteForGood: base.input(z.object({ id })).output(z.object({})),
  emptyBin: base.output(z.object({ deleted: count })),
};
