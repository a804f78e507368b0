import { randomUUID } from 'node:crypto';
import path from 'node:path';

import { createWatchedValue } from '../../electron/chat/watched-value.ts';
import type { Collections } from '../../electron/collections/collections.ts';
import type { Collection, ListedDocument } from '../../shared/contract/index.ts';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';

export interface FakeCollections extends Collections {
  /** Paths that were to be followed. */
  readonly followed: readonly string[];
  /** Puts one there as if it had been before. */
  plant(collection: Partial<Collection> & { readonly name: string }, documents?: readonly ListedDocument[]): Collection;
}

/** Collections in memory; a folder that is followed is empty. */
export function createFakeCollections(): FakeCollections {
  const kept = new Map<string, { collection: Collection; documents: readonly ListedDocument[]; removed: boolean }>();
  const all = (): Collection[] =>
    [...kept.values()]
      .flatMap(({ collection, removed }) => (removed ? [] : [collection]))
      .toSorted((left, right) => left.name.localeCompare(right.name));
  const watched = createWatchedValue(all);
  const find = (collectionId: string) => {
    const found = kept.get(collectionId);
    if (found === undefined) throw new ClawdbotError('COLLECTION_NOT_FOUND', 'It is gone.', { collectionId });
    return found;
  };
  const change = (collectionId: string, turn: (found: ReturnType<typeof find>) => ReturnType<typeof find>) => {
    const next = turn(find(collectionId));
    kept.set(collectionId, next);
    watched.changed();
    return next.collection;
  };
  const plant: FakeCollections['plant'] = (part, documents = []) => {
    const collection = { id: randomUUID(), documents: documents.length, folder: null, ...part };
    kept.set(collection.id, { collection, documents, removed: false });
    watched.changed();
    return collection;
  };
  const followed: string[] = [];
  return {
    plant,
    followed,
    watch: (signal) => watched.watch(undefined, signal),
    create: (name) => plant({ name }),
    async follow(folder) {
      followed.push(folder);
      return plant({ name: path.basename(folder) });
    },
    rename: (id, name) => change(id, (found) => ({ ...found, collection: { ...found.collection, name } })),
    remove: (id) => void change(id, (found) => ({ ...found, removed: true })),
    restore: (id) => change(id, (found) => ({ ...found, removed: false })),
    addDocuments: (id) => find(id).collection,
    removeDocuments: (id, documentIds) =>
      change(id, (found) => {
        const documents = found.documents.filter((document) => !documentIds.includes(document.id));
        return { ...found, documents, collection: { ...found.collection, documents: documents.length } };
      }),
    documents({ collectionId, query, offset, limit }) {
      const inside =
        collectionId === null ? [...kept.values()].flatMap((each) => each.documents) : find(collectionId).documents;
      const named = inside.filter(({ name }) => name.toLowerCase().includes(query.toLowerCase()));
      return { documents: named.slice(offset, offset + limit), total: named.length };
    },
    problems: () => [],
    pause: (id) => find(id).collection,
    rescan: (id) => find(id).collection,
    refresh: () => watched.changed(),
    async [Symbol.asyncDispose]() {},
  };
}
