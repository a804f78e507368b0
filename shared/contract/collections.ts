import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';

import { collectionNameLimitChars } from '../model/documents/collection-name.ts';
import { documentSchema } from './documents.ts';
import { declaredErrors } from './errors.ts';

const base = oc.errors(declaredErrors);
const id = z.string().min(1).max(64);
const count = z.number().int().nonnegative();

/** Documents in one answer, and in one call that adds or takes away. */
export const documentListLimit = 200;

/** What becomes of a folder that a collection follows. */
export const watchStateSchema = z.discriminatedUnion('kind', [
  /** Looking for files. */
  z.object({ kind: z.literal('looking'), found: count }),
  /** `name` is the file that is being read, null between two. */
  z.object({ kind: z.literal('reading'), done: count, total: count, name: z.string().nullable() }),
  /** Everything is read; changes are noticed. */
  z.object({ kind: z.literal('watching') }),
  z.object({ kind: z.literal('paused') }),
  /** The folder is not there, as when its volume was taken out; what was read stays. `reason` is the system's code. */
  z.object({ kind: z.literal('unavailable'), reason: z.string() }),
]);
export type WatchState = z.infer<typeof watchStateSchema>;

export const watchedFolderSchema = z.object({
  path: z.string(),
  state: watchStateSchema,
  files: count,
  /** Files that gave nothing; `problems` tells which. */
  failed: count,
  /** Folders in it that could not be looked into. */
  closedFolders: count,
  /** There are more files than are watched. */
  tooMany: z.boolean(),
  /** When it was last looked through to its end. */
  checkedAt: z.number().nullable(),
});
export type WatchedFolder = z.infer<typeof watchedFolderSchema>;

export const collectionSchema = z.object({
  id,
  name: z.string(),
  documents: count,
  /** Null for one that follows no folder. */
  folder: watchedFolderSchema.nullable(),
});
export type Collection = z.infer<typeof collectionSchema>;

export const listedDocumentSchema = documentSchema.extend({
  /** Where it lies in the folder that the collection follows; null for one that was dropped. */
  path: z.string().nullable(),
});
export type ListedDocument = z.infer<typeof listedDocumentSchema>;

export const folderProblemSchema = z.object({
  path: z.string(),
  text: z.object({ en: z.string(), zh: z.string() }),
});
export type FolderProblem = z.infer<typeof folderProblemSchema>;

const byCollection = z.object({ collectionId: id });
const name = z.string().trim().min(1).max(collectionNameLimitChars);
const someDocuments = byCollection.extend({ documentIds: z.array(id).max(documentListLimit) });

export const collectionsContract = {
  /** All collections by name: now, and again after every change. */
  watch: base.output(eventIterator(z.array(collectionSchema))),
  create: base.input(z.object({ name })).output(collectionSchema),
  /** A new collection of what is in a folder, which is followed from now on. Only from the same machine. */
  follow: base.input(z.object({ path: z.string().min(1).max(4096) })).output(collectionSchema),
  rename: base.input(byCollection.extend({ name })).output(collectionSchema),
  /** Conversations do not read it any more; `restore` brings it back for 30 days, with its documents. */
  remove: base.input(byCollection).output(z.object({})),
  restore: base.input(byCollection).output(collectionSchema),
  /** Removed documents come back with it. */
  addDocuments: base.input(someDocuments).output(collectionSchema),
  /** What is in no message and no other collection is gone after 30 days; adding it again brings it back until then. */
  removeDocuments: base.input(someDocuments).output(collectionSchema),
  /** A stretch of the documents of a collection, or of all there are for null. */
  documents: base
    .input(
      z.object({
        collectionId: id.nullable(),
        /** Part of the name; empty for all. */
        query: z.string().max(200),
        sort: z.enum(['name', 'added', 'size']),
        descending: z.boolean(),
        offset: count,
        limit: z.number().int().min(1).max(documentListLimit),
      }),
    )
    .output(z.object({ documents: z.array(listedDocumentSchema), total: count })),
  /** Files of a followed folder that gave nothing, by path, from after the given one. */
  problems: base
    .input(byCollection.extend({ after: z.string().max(4096), limit: z.number().int().min(1).max(documentListLimit) }))
    .output(z.object({ problems: z.array(folderProblemSchema) })),
  /** Stops and goes on reading and following a folder. */
  pause: base.input(byCollection.extend({ paused: z.boolean() })).output(collectionSchema),
  /** Looks through the folder again, and tries once more what could not be read. */
  rescan: base.input(byCollection).output(collectionSchema),
};
