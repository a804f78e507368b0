import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { declaredErrors, errorReportSchema } from './errors.ts';

const base = oc.errors(declaredErrors);
const id = z.string().min(1).max(64);
const count = z.number().int().nonnegative();
const byConversation = z.object({ conversationId: id });

/** `person` is what the one who asks told about themselves; `name` also of places and things. */
export const factKindSchema = z.enum(['person', 'decision', 'promise', 'amount', 'date', 'number', 'name']);
export type FactKind = z.infer<typeof factKindSchema>;

/** Something that must survive when its message is no longer read. `text` stands in the message to the letter. */
export const factSchema = z.object({
  kind: factKindSchema,
  text: z.string(),
  messageId: id,
  role: z.enum(['user', 'assistant']),
});
export type Fact = z.infer<typeof factSchema>;

/**
 * What the model is given instead of messages that lie far back. The messages themselves stay as they are.
 * `origin`: written by a model, picked from the messages' own sentences, or the parts kept of one long message.
 */
export const summarySchema = z.object({
  id,
  /** 0 is made of messages, more of that many layers of summaries. */
  level: count,
  firstMessageId: id,
  lastMessageId: id,
  messageCount: count,
  text: z.string(),
  facts: z.array(factSchema),
  origin: z.enum(['model', 'sentences', 'paste']),
  createdAt: count,
});
export type Summary = z.infer<typeof summarySchema>;

export const threadContextSchema = z.object({
  /** Of the branch on screen, oldest first; no message is in two of them, but for `paste`. */
  summaries: z.array(summarySchema),
  folding: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('idle') }),
    z.object({ kind: z.literal('running') }),
    /** Nothing is lost: the model reads less of what lies far back. */
    z.object({ kind: z.literal('failed'), error: errorReportSchema }),
  ]),
});
export type ThreadContext = z.infer<typeof threadContextSchema>;

export const contextContract = {
  /** What is summarised of the branch on screen: now, and again after every change. */
  watch: base.input(byConversation).output(eventIterator(threadContextSchema)),
  /** Tries again at once to summarise what could not be. */
  retry: base.input(byConversation).output(z.object({})),
};
