import { randomUUID } from 'node:crypto';

import type { Collection } from '../../shared/contract/index.ts';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { collectionNameLimitChars } from '../../shared/model/documents/collection-name.ts';
import { createAsyncQueue } from '../lib/async-queue.ts';
import { createEmitter } from '../lib/emitter.ts';
import type { Clock, Log } from '../ports.ts';
import type { Documents } from '../documents/documents.ts';
import type { CollectionRecord } from '../store/collections.ts';
import type { Store } from '../store/store.ts';
import type { Collections } from './collections.ts';
import { inspectFolder } from './inspect-folder.ts';
import { createFolderFollowing } from './folder-following.ts';
import { toFolderProblem } from './folder-problem.ts';

export interface CollectionServices {
  readonly store: Pick<Store, 'collections' | 'watches'>;
  readonly documents: Pick<Documents, 'describe' | 'addQuietly' | 'rename'>;
  /** Never followed: what lies there is the app's own. */
  readonly dataDirectory: string;
  readonly clock: Clock;
  /** What is removed grows old by it. */
  readonly binClock: Clock;
  readonly log: Log;
}

/** Progress of a folder that is being read is told this often. */
const calmMs = 250;

export function createCollections(services: CollectionServices): Collections {
  const { store, documents, clock, binClock, log } = services;
  const changes = createEmitter<void>();
  let waiting: NodeJS.Timeout | undefined;
  const changed = (): void => changes.emit();
  const changedSoon = (): void => {
    waiting ??= setTimeout(() => {
      waiting = undefined;
      changed();
    }, calmMs).unref();
  };
  const following = createFolderFollowing({ store, documents, clock, log, onChange: changedSoon });

  const show = (record: CollectionRecord): Collection => ({ ...record, folder: following.show(record.id) });
  const known = (collectionId: string): CollectionRecord => {
    const record = store.collections.find(collectionId);
    if (record === undefined) throw notFound(collectionId);
    return record;
  };
  const after = (collectionId: string): Collection => {
    changed();
    return show(known(collectionId));
  };
  const insert = (name: string, path?: string): string => {
    const id = randomUUID();
    store.collections.insert({ id, name: name.toWellFormed() }, Math.floor(clock.now()));
    if (path !== undefined) store.watches.insertFolder(id, path);
    return id;
  };

  following.refresh();
  return {
    watch(signal) {
      let stopListening = (): void => {};
      const queue = createAsyncQueue<Collection[]>({
        signal,
        capacity: 1,
        whenFull: 'dropOldest',
        onEnd: () => stopListening(),
      });
      if (queue.ended) return queue;
      const push = (): void => void queue.push(store.collections.all().map(show));
      push();
      stopListening = changes.listen(push);
      return queue;
    },
    create: (name) => after(insert(name)),
    async follow(path) {
      const folder = await inspectFolder(path, services.dataDirectory);
      const same = store.watches.folders().find((other) => other.path === folder.path);
      if (same !== undefined) return show(known(same.collectionId));
      const id = insert(folder.name.slice(0, collectionNameLimitChars), folder.path);
      following.refresh();
      return after(id);
    },
    rename(collectionId, name) {
      known(collectionId);
      store.collections.rename(collectionId, name.toWellFormed());
      return after(collectionId);
    },
    remove(collectionId) {
      if (!store.collections.remove(collectionId, Math.floor(binClock.now()))) throw notFound(collectionId);
      following.refresh();
      changed();
    },
    restore(collectionId) {
      // Not an error when it is there: two windows may both offer to undo.
      store.collections.restore(collectionId);
      following.refresh();
      return after(collectionId);
    },
    addDocuments(collectionId, documentIds) {
      known(collectionId);
      store.collections.add(collectionId, documentIds, Math.floor(clock.now()));
      return after(collectionId);
    },
    removeDocuments(collectionId, documentIds) {
      known(collectionId);
      store.collections.take(collectionId, documentIds, Math.floor(binClock.now()));
      return after(collectionId);
    },
    documents(request) {
      if (request.collectionId !== null) known(request.collectionId);
      const { documents: listed, total } = store.collections.page(request);
      return { total, documents: listed.map(({ document, path }) => ({ ...documents.describe(document), path })) };
    },
    problems(collectionId, afterPath, limit) {
      known(collectionId);
      return store.watches.failed(collectionId, afterPath, limit).map(toFolderProblem);
    },
    pause(collectionId, paused) {
      known(collectionId);
      following.pause(collectionId, paused);
      return after(collectionId);
    },
    rescan(collectionId) {
      known(collectionId);
      following.rescan(collectionId);
      return after(collectionId);
    },
    refresh() {
      following.refresh();
      changed();
    },
    async [Symbol.asyncDispose]() {
      clearTimeout(waiting);
      await following[Symbol.asyncDispose]();
    },
  };
}

function notFound(collectionId: string): ClawdbotError {
  return new ClawdbotError('COLLECTION_NOT_FOUND', 'This collection does not exist any more. Choose another one.', {
    collectionId,
  });
}
