import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';

import { declaredErrors, errorReportSchema } from './errors.ts';

const base = oc.errors(declaredErrors);
const id = z.string().min(1).max(64);
const count = z.number().int().nonnegative();
const timestampMs = z.number().int();

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

/** A whole copy of the database; `update`: made before a new version changed it, `restore`: what was there before a restore. */
export const snapshotInfoSchema = z.object({
  id: z.string(),
  madeAtMs: timestampMs,
  reason: z.enum(['daily', 'update', 'restore', 'person']),
  /** Whether it was read from end to end and found intact. */
  checked: z.boolean(),
  sizeBytes: count,
});
export type SnapshotInfo = z.infer<typeof snapshotInfoSchema>;

/** The database was damaged at a start, and a snapshot took its place. */
export const repairSchema = z.object({
  atMs: timestampMs,
  /** What was written after it may be missing. */
  snapshotMadeAtMs: timestampMs,
  /** Folder in which the damaged file was kept. */
  damagedFolder: z.string(),
});
export type Repair = z.infer<typeof repairSchema>;

/** What a check of the whole database found; `problem` is in SQLite's words. */
export const databaseHealthSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unknown') }),
  z.object({ kind: z.literal('intact'), checkedAtMs: timestampMs }),
  z.object({ kind: z.literal('damaged'), checkedAtMs: timestampMs, problem: z.string() }),
]);
export type DatabaseHealth = z.infer<typeof databaseHealthSchema>;

export const dataStatusSchema = z.object({
  databaseBytes: count,
  health: databaseHealthSchema,
  /** The newest first. */
  snapshots: z.array(snapshotInfoSchema),
  /** One is being made, checked or put back. */
  snapshotBusy: z.boolean(),
  /** Why the last one could not be made. */
  snapshotFailure: errorReportSchema.nullable(),
  /** Until the person has seen it. */
  repair: repairSchema.nullable(),
});
export type DataStatus = z.infer<typeof dataStatusSchema>;

/** The person's data as a whole: what was deleted, copies of it, ways in and out. */
export const dataContract = {
  bin: base
    .input(z.object({ after: z.string().max(100).nullable(), limit: z.number().int().min(1).max(200) }))
    .output(binPageSchema),
  /** Nothing brings it back afterwards but a snapshot. */
  deleteForGood: base.input(z.object({ id })).output(z.object({})),
  emptyBin: base.output(z.object({ deleted: count })),
  /** The state now, and again after every change. */
  watch: base.output(eventIterator(dataStatusSchema)),
  /** Returns when it was made and checked. */
  takeSnapshot: base.output(z.object({})),
  /** Puts a snapshot in the place of the database, which is itself kept as one. All watches begin anew. */
  restoreSnapshot: base.input(z.object({ id: z.string().max(100) })).output(z.object({})),
  /** The person has read what was repaired. */
  dismissRepair: base.output(z.object({})),
};
