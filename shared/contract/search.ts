import { oc } from '@orpc/contract';
import { z } from 'zod';
import { conversationSchema } from './chat.ts';
import { declaredErrors } from './errors.ts';

const base = oc.errors(declaredErrors);
const id = z.string().min(1).max(64);
const timestampMs = z.number().int().nonnegative();
const count = z.number().int().nonnegative();
const query = z.string().max(500);

export const searchHitSchema = z.object({
  conversation: conversationSchema,
  /** Null when the title matched. */
  messageId: id.nullable(),
  /** Of a file that the message was sent with, where that name matched. */
  fileName: z.string().nullable(),
  /** When the message was written, or the conversation last changed. */
  atMs: timestampMs,
  snippet: z.array(z.object({ text: z.string(), match: z.boolean() })),
});
export type SearchHit = z.infer<typeof searchHitSchema>;

/** Null is no restriction. `untilMs` itself is no longer in. */
export const searchFilterSchema = z.object({
  /** Answers of this model; its conversations where a title matched. */
  modelId: z.string().max(200).nullable(),
  /** Conversations in which a file was sent whose name contains this. */
  file: z.string().min(1).max(300).nullable(),
  fromMs: timestampMs.nullable(),
  untilMs: timestampMs.nullable(),
});
export type SearchFilter = z.infer<typeof searchFilterSchema>;

export const searchContract = {
  /**
   * Titles, names of files that were sent, and messages that contain all the words. A word such as `file:lease` or
   * `文件:租约` is a filter like `file`; alone it finds what was sent with such a file. Of the newest 200 the best come first; `next`, given as `cursor`,
   * goes on from there towards the oldest, and null is the end. A page may be short, even empty, and not the last: one
   * call looks at a limited number of texts, so that others need not wait for it.
   */
  everywhere: base
    .input(
      z.object({
        query,
        limit: z.number().int().min(1).max(100),
        cursor: z
          .string()
          .regex(/^\d{0,16}:\d{1,4}$/)
          .nullable(),
        filter: searchFilterSchema,
      }),
    )
    .output(z.object({ hits: z.array(searchHitSchema), next: z.string().nullable() })),
  /** The messages of the whole branch on screen that hold the text as it is typed, oldest first, and how often. */
  inThread: base
    .input(z.object({ conversationId: id, query }))
    .output(
      z.object({ matches: z.array(z.object({ messageId: id, count: z.number().int().positive() })), total: count }),
    ),
  /** Makes the branch with this message the one on screen. `below` is how many messages follow it there. */
  reveal: base.input(z.object({ messageId: id })).output(z.object({ conversationId: id, below: count })),
};
