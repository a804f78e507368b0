import { z } from 'zod';

const id = z.string().min(1).max(64);
const count = z.number().int().nonnegative();

const shared = {
  id,
  /** Title of the conversation (also of a message's), or the name; may be empty. */
  title: z.string(),
  /** Until it is deleted for good. */
  remainingMs: count,
};

/** Something that was deleted. What brings it back is said of each kind. */
export const binItemSchema = z.discriminatedUnion('kind', [
  /** `chat.restore`; `messages`: how many come back with it. */
  z.object({ kind: z.literal('conversation'), ...shared, messages: count }),
  /** A message of a conversation that is still there, with what followed it: `chat.restoreMessage`. */
  z.object({
    kind: z.literal('message'),
    ...shared,
    conversationId: id,
    /** The beginning of it. */
    text: z.string(),
    role: z.enum(['user', 'assistant']),
    messages: count,
  }),
  /** `folders.restore`; `conversations`: how many are in it again then. */
  z.object({ kind: z.literal('folder'), ...shared, conversations: count }),
  /** `presets.restore` */
  z.object({ kind: z.literal('preset'), ...shared }),
  /** One that a message was sent with: `documents.restore`. */
  z.object({ kind: z.literal('document'), ...shared }),
  /** `collections.restore`; `documents`: how many are in it. */
  z.object({ kind: z.literal('collection'), ...shared, documents: count }),
]);
export type BinItem = z.infer<typeof binItemSchema>;
export type BinKind = BinItem['kind'];

export const binPageSchema = z.object({
  /** The latest deleted first. */
  items: z.array(binItemSchema),
  /** Where the next page begins; null at the end. */
  next: z.string().nullable(),
  total: count,
  /** The same by kind: what emptying the bin would delete. */
  counts: z.object({
    conversation: count,
    message: count,
    folder: count,
    preset: count,
    document: count,
    collection: count,
  }),
});
export type BinPage = z.infer<typeof binPageSchema>;
