import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';

import { binPageSchema } from './bin.ts';
import { declaredErrors, errorReportSchema } from './errors.ts';

const base = oc.errors(declaredErrors);
const id = z.string().min(1).max(64);
const count = z.number().int().nonnegative();
const timestampMs = z.number().int();

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

export const importFormatSchema = z.enum(['clawdbot', 'chatgpt', 'claude', 'openai']);

/** The import of a file: how far it is, and afterwards what came of it. Nothing of it is seen before `state` is `done`. */
export const importJobSchema = z.object({
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  fileName: z.string(),
  readBytes: count,
  totalBytes: count,
  /** Conversations that could be read: those that were added, got new messages, were all there already, or lie in the bin. */
  conversations: count,
  added: count,
  extended: count,
  known: count,
  inBin: count,
  messages: count,
  /** Parts of the file that could not be read; the first hundred of them by their number in the file. */
  lostCount: count,
  lost: z.array(
    z.object({
      number: count,
      reason: z.enum(['notJson', 'notAConversation', 'tooLarge', 'cut', 'conflict', 'packed', 'newer']),
      title: z.string(),
    }),
  ),
  /** What was not taken over from conversations that were read. */
  leftOut: z.object({ attachments: count, toolSteps: count, messages: count }),
  formats: z.array(importFormatSchema),
  error: errorReportSchema.nullable(),
});
export type ImportJob = z.infer<typeof importJobSchema>;

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
  /** The running import, or the last one until it is dismissed. */
  watchImport: base.output(eventIterator(importJobSchema.nullable())),
  /** Reads the file handed over under a ticket (files.ts); what kind it is, is known from what is in it. */
  startImport: base.input(z.object({ ticket: z.string().min(1).max(64) })).output(z.object({})),
  /** Nothing of it stays. */
  cancelImport: base.output(z.object({})),
  dismissImport: base.output(z.object({})),
  /** The person has read what was repaired. */
  dismissRepair: base.output(z.object({})),
};
