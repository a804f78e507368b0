import { writeSync } from 'node:fs';

import { createCollections } from '../../electron/collections/create-collections.ts';
import { estimateTokens } from '../../shared/model/estimate-tokens.ts';
import { createDocuments } from '../../electron/documents/create-documents.ts';
import { createStore } from '../../electron/store/create-store.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { createFakeExtractor } from '../fakes/fake-extractor.ts';

const ignore = (): void => {};
const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** Runs in a process of its own until it is killed: follows a folder, and tells of every file that is to be read. */
export async function followFolder(databasePath: string, dataDirectory: string, root: string): Promise<void> {
  const store = createStore(openDatabase({ path: databasePath, key: new Uint8Array(32).fill(7), log }));
  const clock = { now: Date.now };
  const extractor = createFakeExtractor();
  const documents = createDocuments({ store: store.documents, extractor, estimateTokens, clock });
  let read = 0;
  const told = {
    ...documents,
    addQuietly: (...asked: Parameters<typeof documents.addQuietly>) => {
      read += 1;
      writeSync(1, `${JSON.stringify({ read })}\n`);
      return documents.addQuietly(...asked);
    },
  };
  const collections = createCollections({ store, documents: told, dataDirectory, clock, binClock: clock, log });
  writeSync(1, `${JSON.stringify({ read })}\n`);
  await collections.follow(root);
  // Nothing else would keep a process that waits for changes.
  setInterval(ignore, 60_000);
}
