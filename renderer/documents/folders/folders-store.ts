import { createStore, type StoreApi } from 'zustand/vanilla';

import { collectionNameLimitChars } from '../../../shared/model/documents/collection-name.ts';
import type { DocumentInfo, DocumentProblemInfo } from '../../../shared/contract/index.ts';
import type { Client } from '../../rpc/client.ts';
import { handOverFile } from '../../rpc/hand-over-file.ts';
import { worstProblem } from '../document-words.ts';
import { lookThrough, openEntry, type DroppedFolder, type FoundEntry } from './dropped-folder.ts';

/** A file that gave nothing, or a folder that could not be opened. */
export interface NotAdded {
  /** Within the folder; empty for the folder itself. */
  readonly path: string;
  readonly why:
    | { readonly kind: 'problem'; readonly text: DocumentProblemInfo['text'] }
    | { readonly kind: 'error'; readonly error: unknown }
    /** The browser could not open it. */
    | { readonly kind: 'closed' };
}

/** A folder whose files are added, once. */
export interface AddedFolder {
  readonly key: string;
  readonly name: string;
  readonly state:
    | { readonly kind: 'looking'; readonly found: number }
    | { readonly kind: 'reading'; readonly done: number; readonly total: number; readonly name: string }
    | { readonly kind: 'done' }
    | { readonly kind: 'stopped' }
    /** Nothing more can be done with it. */
    | { readonly kind: 'failed'; readonly error: unknown };
  readonly added: number;
  readonly notAdded: readonly NotAdded[];
  readonly tooMany: boolean;
}

export interface FoldersState {
  readonly folders: readonly AddedFolder[];
}

export interface DroppedFoldersStore extends Pick<
  StoreApi<FoldersState>,
  'getState' | 'subscribe' | 'getInitialState'
> {
  /**
   * Reads its files, one after the other, into a collection of its name, which is told of as soon as there is one. A
   * file that fails stops no other.
   */
  add(folder: DroppedFolder, onCollection: (collectionId: string) => void): void;
  /** What was read stays. */
  stop(key: string): void;
  /** Shows it no longer. */
  dismiss(key: string): void;
  dispose(): void;
}

interface Addition {
  readonly folder: DroppedFolder;
  readonly onCollection: (collectionId: string) => void;
}

const fileLimit = 10_000;
/** Documents are put into the collection so many at a time: each call is told to every window. */
const atOnce = 10;

export function createDroppedFoldersStore(
  client: Pick<Client, 'files' | 'documents' | 'collections'>,
): DroppedFoldersStore {
  const store = createStore<FoldersState>()(() => ({ folders: [] }));
  const aborts = new Map<string, AbortController>();
  let count = 0;
  let queue: Promise<void> = Promise.resolve();

  const change = (key: string, turn: (folder: AddedFolder) => Partial<AddedFolder>): void =>
    store.setState(({ folders }) => ({
      folders: folders.map((folder) => (folder.key === key ? { ...folder, ...turn(folder) } : folder)),
    }));

  const read = async (found: FoundEntry, signal: AbortSignal): Promise<DocumentInfo | NotAdded> => {
    const { path } = found;
    let file: File;
    try {
      file = await openEntry(found.entry);
    } catch {
      return { path, why: { kind: 'closed' } };
    }
    try {
      const ticket = await handOverFile(client.files, file, { signal });
      let document: DocumentInfo | undefined;
      for await (const event of await client.documents.add({ ticket }, { signal })) {
        if (event.type === 'done') document = event.document;
      }
      if (document === undefined) return { path, why: { kind: 'error', error: undefined } };
      if (document.usable) return document;
      // It stands in the list of what could not be read, not among the documents as well.
      await client.documents.remove({ documentId: document.id });
      const problem = worstProblem(document);
      return { path, why: problem ? { kind: 'problem', text: problem.text } : { kind: 'error', error: undefined } };
    } catch (error) {
      signal.throwIfAborted();
      return { path, why: { kind: 'error', error } };
    }
  };

  const addAll = async (key: string, { folder, onCollection }: Addition, signal: AbortSignal): Promise<void> => {
    const { name, entry } = folder;
    const onFound = (found: number): void => change(key, () => ({ state: { kind: 'looking', found } }));
    const { files, closed, tooMany } = await lookThrough(entry, { signal, limit: fileLimit, onFound });
    change(key, () => ({ tooMany, notAdded: closed.map(({ path }) => ({ path, why: { kind: 'closed' } })) }));
    let collectionId: string | undefined;
    const waiting: string[] = [];
    const keep = async (): Promise<void> => {
      const documentIds = waiting.splice(0);
      if (documentIds.length === 0) return;
      const isFirst = collectionId === undefined;
      collectionId ??= (await client.collections.create({ name: nameOf(name) })).id;
      await client.collections.addDocuments({ collectionId, documentIds });
      if (isFirst) onCollection(collectionId);
    };
    try {
      for (const [done, found] of files.entries()) {
        change(key, () => ({ state: { kind: 'reading', done, total: files.length, name: found.entry.name } }));
        const outcome = await read(found, signal);
        if ('why' in outcome) change(key, ({ notAdded }) => ({ notAdded: [...notAdded, outcome] }));
        else {
          waiting.push(outcome.id);
          change(key, ({ added }) => ({ added: added + 1 }));
          if (collectionId === undefined || waiting.length >= atOnce) await keep();
        }
      }
    } finally {
      await keep();
    }
  };

  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    add(folder, onCollection) {
      count += 1;
      const key = `folder-${count}`;
      const abort = new AbortController();
      aborts.set(key, abort);
      const fresh: AddedFolder = {
        key,
        name: folder.name,
        state: { kind: 'looking', found: 0 },
        added: 0,
        notAdded: [],
        tooMany: false,
      };
      store.setState(({ folders }) => ({ folders: [...folders, fresh] }));
      queue = queue.then(async () => {
        try {
          abort.signal.throwIfAborted();
          await addAll(key, { folder, onCollection }, abort.signal);
          change(key, () => ({ state: { kind: 'done' } }));
        } catch (error) {
          change(key, () => ({ state: abort.signal.aborted ? { kind: 'stopped' } : { kind: 'failed', error } }));
        } finally {
          aborts.delete(key);
        }
      });
    },
    stop: (key) => aborts.get(key)?.abort(),
    dismiss: (key) => store.setState(({ folders }) => ({ folders: folders.filter((each) => each.key !== key) })),
    dispose() {
      for (const abort of aborts.values()) abort.abort();
    },
  };
}

function nameOf(folder: string): string {
  const name = folder.trim().slice(0, collectionNameLimitChars).toWellFormed().trim();
  return name === '' ? 'Folder' : name;
}
