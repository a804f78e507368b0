import { writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { onTestFinished, vi } from 'vitest';

import type { Collections } from '../../electron/collections/collections.ts';
import { createCollections } from '../../electron/collections/create-collections.ts';
import { estimateTokens } from '../../shared/model/estimate-tokens.ts';
import { createDocuments } from '../../electron/documents/create-documents.ts';
import type { Documents } from '../../electron/documents/documents.ts';
import type { Extractor } from '../../electron/documents/extractor.ts';
import type { Database } from '../../electron/store/database.ts';
import { createStore } from '../../electron/store/create-store.ts';
import type { Store } from '../../electron/store/store.ts';
import type { Collection, WatchedFolder } from '../../shared/contract/index.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { openTempDatabase } from '../store/temp-database.ts';
import { tempFolder } from '../store/temp-folder.ts';

export interface CollectionsUnderTest {
  readonly collections: Collections;
  readonly documents: Documents;
  readonly store: Store;
  /** A folder to follow. */
  readonly root: string;
  readonly write: (name: string, text: string) => Promise<void>;
  readonly now: (collectionId: string) => Promise<Collection>;
  /** Waits until everything in the folder is read, and that at least once after `since`. */
  readonly settled: (
    collectionId: string,
    check?: (folder: WatchedFolder, collection: Collection) => void,
  ) => Promise<void>;
  /** Names of the documents, in their order. */
  readonly names: (collectionId: string) => string[];
  readonly end: () => Promise<void>;
}

/** Collections on a real database; files are read by the given extractor. */
export function openCollections(
  extractor: Extractor,
  options: { readonly database?: Database; readonly root?: string } = {},
): CollectionsUnderTest {
  const store = createStore(options.database ?? openTempDatabase());
  const root = options.root ?? tempFolder();
  const clock = { now: () => Date.now() };
  const documents = createDocuments({ store: store.documents, extractor, estimateTokens, clock });
  const dataDirectory = tempFolder();
  const collections = createCollections({ store, documents, dataDirectory, clock, binClock: clock, log: silentLog });
  let ended: Promise<void> | undefined;
  const end = (): Promise<void> =>
    (ended ??= (async () => {
      await collections[Symbol.asyncDispose]();
      await documents[Symbol.asyncDispose]();
    })());
  onTestFinished(end);

  const now = async (collectionId: string): Promise<Collection> => {
    for await (const all of collections.watch(AbortSignal.timeout(30_000))) {
      const found = all.find(({ id }) => id === collectionId);
      if (found !== undefined) return found;
    }
    throw new Error('There is no such collection.');
  };
  return {
    collections,
    documents,
    store,
    root,
    async write(name, text) {
      const file = path.join(root, name);
      await mkdir(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    },
    now,
    async settled(collectionId, check = () => undefined) {
      await vi.waitFor(
        async () => {
          const collection = await now(collectionId);
          if (collection.folder?.state.kind !== 'watching') throw new Error(`It is ${collection.folder?.state.kind}.`);
          check(collection.folder, collection);
        },
        { timeout: 60_000, interval: 50 },
      );
    },
    names: (collectionId) =>
      collections
        .documents({ collectionId, query: '', sort: 'name', descending: false, offset: 0, limit: 200 })
        .documents.map(({ name }) => name),
    end,
  };
}
