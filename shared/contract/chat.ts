import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { declaredErrors, errorReportSchema } from './errors.ts';
import { conversationSetupSchema } from './setups.ts';
import { answerSourcesSchema } from './sources.ts';
import { documentTaskSchema } from './tasks.ts';

const base = oc.errors(declaredErrors);
const id = z.string().min(1).max(64);
const timestampMs = z.number().int().nonnegative();
const count = z.number().int().nonnegative();

export const titleLimitChars = 200;

export const conversationSchema = z.object({
  id,
  title: z.string(),
  createdAt: timestampMs,
  /** Time of the last message or rename, milliseconds since 1970; the sidebar sorts by it. */
  updatedAt: timestampMs,
  pinned: z.boolean(),
  /** The model this conversation was last answered with. */
  modelId: z.string().nullable(),
  /** Left out for none. */
  folderId: id.exactOptional(),
  /** An answer is being written right now. */
  running: z.boolean(),
});
export type Conversation = z.infer<typeof conversationSchema>;

/**
 * `running`: being written. `done`: complete. `stopped`: ended by the person. `interrupted`: cut off by a crash or a
 * restart. `failed`: ended by an error before or while answering. The last three keep what was written.
 */
export const messageStateSchema = z.enum(['running', 'done', 'stopped', 'interrupted', 'failed']);
export type MessageState = z.infer<typeof messageStateSchema>;

export const replyStatsSchema = z.object({
  /** Milliseconds from the request to the first word. */
  firstWordMs: z.number().nonnegative(),
  tokensPerSecond: z.number().nonnegative(),
  promptTokens: count,
  /** Prompt tokens that did not have to be read again. */
  cachedTokens: count,
  replyTokens: count,
  /** Earlier messages that no longer fitted the model's context and were not read. */
  omittedMessages: count,
});
export type ReplyStats = z.infer<typeof replyStatsSchema>;

/** What a model thought before it answered; no part of the answer, and not read by the model again. */
export const thoughtSchema = z.object({
  text: z.string(),
  /** Null while it is being thought, and when the time is not known. */
  durationMs: z.number().int().nonnegative().nullable(),
});
export type Thought = z.infer<typeof thoughtSchema>;

/** What a running answer is doing; shown in words, never as a bare spinner. */
export const turnProgressSchema = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('queued'), ahead: count }),
  z.object({ phase: z.literal('starting') }),
  /** The model that answers is being chosen. */
  z.object({ phase: z.literal('routing') }),
  /** The engine ended for reasons of its own; it is started again and the question asked once more. */
  z.object({ phase: z.literal('restarting') }),
  /** The conversation is longer than what the model reads at a time; it is loaded again to read more. */
  z.object({ phase: z.literal('growing'), contextTokens: count }),
  z.object({ phase: z.literal('loading'), modelName: z.string(), fraction: z.number().min(0).max(1) }),
  z.object({ phase: z.literal('reading'), readTokens: count, totalTokens: count }),
  /** A document that is too long to be read at once is gone through part by part; `part` counts from 1. */
  z.object({
    phase: z.literal('digesting'),
    /** `joining`: what was written about the parts is put together. */
    step: z.enum(['reading', 'translating', 'joining']),
    part: count,
    parts: count,
  }),
  z.object({ phase: z.literal('thinking') }),
  z.object({ phase: z.literal('answering') }),
  z.object({ phase: z.literal('callingTool'), toolName: z.string() }),
  /** The person decides whether the tool may be called. */
  z.object({ phase: z.literal('waitingForPermission'), toolName: z.string() }),
]);
export type TurnProgress = z.infer<typeof turnProgressSchema>;

export const messageDocumentsSchema = z.array(z.object({ id, name: z.string() }));

export const messageSchema = z.object({
  id,
  conversationId: id,
  parentId: id.nullable(),
  role: z.enum(['user', 'assistant']),
  text: z.string(),
  thought: thoughtSchema.nullable(),
  state: messageStateSchema,
  /** What an interrupted answer was doing when it was cut off. */
  interruptedIn: turnProgressSchema.exactOptional(),
  createdAt: timestampMs,
  model: z.object({ id: z.string(), name: z.string() }).nullable(),
  error: errorReportSchema.nullable(),
  stats: replyStatsSchema.nullable(),
  /** Position among the alternatives under the same parent (edits, regenerated answers); `index` counts from 0. */
  version: z.object({ index: count, count: z.number().int().positive() }),
  /** Files it was sent with; absent for none. */
  documents: messageDocumentsSchema.exactOptional(),
  /** What an answer was given to read of documents; absent when there were none. */
  sources: answerSourcesSchema.exactOptional(),
  /** What is to be done with them, where it was chosen from a menu. */
  task: documentTaskSchema.exactOptional(),
});
export type Message = z.infer<typeof messageSchema>;

/** Every subscription begins with a snapshot, so a client that reconnects simply subscribes again. */
export const threadEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('snapshot'),
    conversation: conversationSchema,
    /** The newest part of the active branch, oldest first. */
    messages: z.array(messageSchema),
    hasEarlier: z.boolean(),
    progress: turnProgressSchema.nullable(),
  }),
  /** Added at the end of the branch, or replaced in place when the id is known. */
  z.object({ type: z.literal('message'), message: messageSchema }),
  /** `offset` is the length of the message's text before this delta, in UTF-16 units. `sentAtMs` is epoch time. */
  z.object({
    type: z.literal('delta'),
    messageId: id,
    offset: count,
    text: z.string(),
    sentAtMs: z.number(),
  }),
  /** The same for the message's thought. */
  z.object({
    type: z.literal('thought'),
    messageId: id,
    offset: count,
    text: z.string(),
    sentAtMs: z.number(),
  }),
  z.object({ type: z.literal('progress'), messageId: id, progress: turnProgressSchema }),
  z.object({ type: z.literal('conversation'), conversation: conversationSchema }),
  z.object({ type: z.literal('removed') }),
]);
export type ThreadEvent = z.infer<typeof threadEventSchema>;

export const conversationsEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('snapshot'), conversations: z.array(conversationSchema), total: count }),
  z.object({ type: z.literal('upserted'), conversation: conversationSchema }),
  z.object({ type: z.literal('removed'), conversationId: id }),
]);
export type ConversationsEvent = z.infer<typeof conversationsEventSchema>;

const byConversation = z.object({ conversationId: id });
const byMessage = z.object({ messageId: id });
const reply = z.object({ conversationId: id, replyId: id });

export const chatContract = {
  /** Newest 200 conversations, then every change. */
  watchConversations: base.output(eventIterator(conversationsEventSchema)),
  /** Conversations older than the given one, newest first. */
  list: base
    .input(z.object({ before: byConversation.nullable(), limit: z.number().int().min(1).max(500) }))
    .output(z.object({ conversations: z.array(conversationSchema), total: count })),
  watchThread: base.input(byConversation).output(eventIterator(threadEventSchema)),
  /** Messages of the active branch before the given one, oldest first. */
  earlier: base
    .input(z.object({ beforeMessageId: id, limit: z.number().int().min(1).max(500) }))
    .output(z.object({ messages: z.array(messageSchema), hasEarlier: z.boolean() })),
  create: base.input(z.object({ title: z.string().max(titleLimitChars).nullable() })).output(conversationSchema),
  rename: base
    .input(byConversation.extend({ title: z.string().trim().min(1).max(titleLimitChars) }))
    .output(conversationSchema),
  pin: base.input(byConversation.extend({ pinned: z.boolean() })).output(conversationSchema),
  /** Hides the conversation; `restore` brings it back for 30 days. */
  remove: base.input(byConversation).output(z.object({})),
  restore: base.input(byConversation).output(conversationSchema),
  /**
   * Stores the message and begins the answer. `requestId` is made by the caller; sending it again (after a lost
   * connection) returns the first result instead of a second message. A null `conversationId` begins a conversation.
   */
  send: base
    .input(
      z.object({
        requestId: id,
        conversationId: id.nullable(),
        text: z.string().min(1),
        modelId: z.string().nullable(),
        /** For a conversation that begins with this message. */
        setup: conversationSetupSchema.exactOptional(),
        folderId: id.exactOptional(),
        /** Files that the question is about, by what `documents.add` gave. */
        documentIds: z.array(id).max(50).exactOptional(),
        /** What is to be done with them; `text` says the same to the person. Kept with the message. */
        task: documentTaskSchema.exactOptional(),
      }),
    )
    .output(reply.extend({ messageId: id })),
  stop: base.input(byConversation).output(z.object({ stopped: z.boolean() })),
  /** All versions of a message, itself among them, oldest first. */
  versions: base.input(byMessage).output(z.object({ messages: z.array(messageSchema) })),
  /** A new version of an answer, beside the old one. */
  regenerate: base.input(byMessage.extend({ modelId: z.string().nullable() })).output(reply),
  /** Goes on writing a stopped, interrupted or failed answer where it ended. */
  continueReply: base.input(byMessage).output(reply),
  /** A changed version of one of the person's messages, beside the old one, with an answer of its own. */
  edit: base
    .input(byMessage.extend({ requestId: id, text: z.string().min(1), modelId: z.string().nullable() }))
    .output(reply.extend({ messageId: id })),
  /** Shows the version at `index` under the same parent, with what followed it. */
  selectVersion: base.input(byMessage.extend({ index: count })).output(z.object({})),
  /** Hides a message and what follows it; `restoreMessage` undoes it. */
  removeMessage: base.input(byMessage).output(z.object({})),
  restoreMessage: base.input(byMessage).output(z.object({})),
};
