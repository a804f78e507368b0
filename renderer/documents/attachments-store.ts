import { createStore, type StoreApi } from 'zustand/vanilla';

import type { DocumentInfo } from '../../shared/contract/index.ts';
import type { Client } from '../rpc/client.ts';
import { handOverFile } from '../rpc/hand-over-file.ts';

/** A file that goes with the next message of a conversation. */
export interface Attachment {
  readonly key: string;
  readonly name: string;
  /** What was pasted, to the letter, while it can still be put back into the message. */
  readonly pasted?: string;
  readonly state:
    /** Others are read before it. */
    | { readonly kind: 'waiting' }
    | { readonly kind: 'handing'; readonly fraction: number }
    | { readonly kind: 'reading'; readonly pagesRead: number; readonly pagesTotal: number | null }
    /** It was read; whether anything came of it stands in the document. */
    | { readonly kind: 'read'; readonly document: DocumentInfo }
    | { readonly kind: 'failed'; readonly error: unknown };
}

export interface AttachmentsState {
  /** By conversation; the empty key is one that has not begun. */
  readonly byConversation: Readonly<Record<string, readonly Attachment[]>>;
}

export interface AttachmentsStore extends Pick<
  StoreApi<AttachmentsState>,
  'getState' | 'subscribe' | 'getInitialState'
> {
  /** Hands files over and has them read, one after the other. */
  add(conversationId: string | null, files: readonly File[]): void;
  /** The same with a long text, as a file of this name. Answers with its key. */
  addPasted(conversationId: string | null, text: string, name: string): string;
  /** Takes away what was made of a pasted text and answers with the text; undefined when it is gone. */
  takeBack(conversationId: string | null, key: string): string | undefined;
  /** Stops what is being done with it. The document stays where it is known already. */
  remove(conversationId: string | null, key: string): void;
  /** Documents that are known already go with the next message as well. */
  attach(conversationId: string | null, documents: readonly DocumentInfo[]): void;
  /** Brings back what stood here before the page was loaded anew. */
  restore(conversationId: string | null): void;
  /** They went with a message; all of them, or the named documents. */
  clear(conversationId: string | null, documentIds?: readonly string[]): void;
  dispose(): void;
}

/** Only which documents they are; in the tab's own storage, like the words beside them. */
export type AttachmentStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const noAttachments: readonly Attachment[] = [];

export function attachmentsOf(state: AttachmentsState, conversationId: string | null): readonly Attachment[] {
  return state.byConversation[conversationId ?? ''] ?? noAttachments;
}

/** What can go with a message: null while a file is still being read. */
export function readyDocumentIds(attachments: readonly Attachment[]): readonly string[] | null {
  if (attachments.some(({ state }) => state.kind !== 'read' && state.kind !== 'failed')) return null;
  return attachments.flatMap(({ state }) =>
    state.kind === 'read' && state.document.usable ? [state.document.id] : [],
  );
}

export function createAttachmentsStore(
  client: Pick<Client, 'files' | 'documents'>,
  storage?: AttachmentStorage,
): AttachmentsStore {
  const store = createStore<AttachmentsState>()(() => ({ byConversation: {} }));
  const aborts = new Map<string, AbortController>();
  let count = 0;
  let queue: Promise<void> = Promise.resolve();

  const change = (place: string, turn: (list: readonly Attachment[]) => readonly Attachment[]): void =>
    store.setState(({ byConversation }) => ({
      byConversation: { ...byConversation, [place]: turn(byConversation[place] ?? []) },
    }));
  const restored = new Set<string>();
  const remember = (place: string): void => {
    const ids = (store.getState().byConversation[place] ?? []).flatMap(({ state }) =>
      state.kind === 'read' ? [state.document.id] : [],
    );
    quietly(() =>
      ids.length === 0 ? storage?.removeItem(keyOf(place)) : storage?.setItem(keyOf(place), JSON.stringify(ids)),
    );
  };
  const put = (place: string, documents: readonly DocumentInfo[]): void => {
    change(place, (list) => {
      const known = new Set(list.flatMap(({ state }) => (state.kind === 'read' ? [state.document.id] : [])));
      const fresh = documents.filter(({ id }) => !known.has(id));
      return [
        ...list,
        ...fresh.map((document): Attachment => {
          count += 1;
          return { key: `file-${count}`, name: document.name, state: { kind: 'read', document } };
        }),
      ];
    });
    remember(place);
  };
  const become = (place: string, key: string, state: Attachment['state']): void =>
    change(place, (list) => list.map((each) => (each.key === key ? { ...each, state } : each)));

  const read = async (place: string, key: string, file: File, signal: AbortSignal): Promise<void> => {
    const onProgress = (fraction: number): void => become(place, key, { kind: 'handing', fraction });
    onProgress(0);
    const ticket = await handOverFile(client.files, file, { signal, onProgress });
    become(place, key, { kind: 'reading', pagesRead: 0, pagesTotal: null });
    for await (const event of await client.documents.add({ ticket }, { signal })) {
      if (event.type === 'reading') become(place, key, { kind: 'reading', ...event });
      if (event.type === 'done') become(place, key, { kind: 'read', document: event.document });
    }
    remember(place);
  };

  const forget = (key: string): void => {
    aborts.get(key)?.abort();
    aborts.delete(key);
  };

  const remove = (place: string, key: string): void => {
    forget(key);
    change(place, (list) => list.filter((each) => each.key !== key));
    remember(place);
  };
  const enqueue = (place: string, file: File, pasted?: string): string => {
    count += 1;
    const key = `file-${count}`;
    const abort = new AbortController();
    aborts.set(key, abort);
    const attachment: Attachment = { key, name: file.name, state: { kind: 'waiting' } };
    change(place, (list) => [...list, pasted === undefined ? attachment : { ...attachment, pasted }]);
    queue = queue.then(async () => {
      if (abort.signal.aborted) return;
      try {
        await read(place, key, file, abort.signal);
      } catch (error) {
        if (!abort.signal.aborted) become(place, key, { kind: 'failed', error });
      } finally {
        aborts.delete(key);
      }
    });
    return key;
  };

  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    add(conversationId, files) {
      for (const file of files) enqueue(conversationId ?? '', file);
    },
    addPasted: (conversationId, text, name) =>
      enqueue(conversationId ?? '', new File([text], name, { type: 'text/plain' }), text),
    takeBack(conversationId, key) {
      const place = conversationId ?? '';
      const text = (store.getState().byConversation[place] ?? []).find((each) => each.key === key)?.pasted;
      if (text !== undefined) remove(place, key);
      return text;
    },
    attach: (conversationId, documents) => put(conversationId ?? '', documents),
    restore(conversationId) {
      const place = conversationId ?? '';
      if (restored.has(place)) return;
      restored.add(place);
      const ids = readIds(quietly(() => storage?.getItem(keyOf(place))));
      if (ids.length === 0) return;
      const known = ids.map((documentId) =>
        // One that was deleted meanwhile is not missed.
        client.documents.report({ documentId }).then(
          ({ document }) => [document],
          () => [],
        ),
      );
      void Promise.all(known).then((documents) => put(place, documents.flat()));
    },
    remove: (conversationId, key) => remove(conversationId ?? '', key),
    clear(conversationId, documentIds) {
      const place = conversationId ?? '';
      const went = ({ state }: Attachment): boolean =>
        documentIds === undefined || (state.kind === 'read' && documentIds.includes(state.document.id));
      for (const each of store.getState().byConversation[place] ?? []) if (went(each)) forget(each.key);
      change(place, (list) => list.filter((each) => !went(each)));
      remember(place);
    },
    dispose() {
      for (const key of [...aborts.keys()]) forget(key);
    },
  };
}

/** The tab's own storage; undefined where the browser forbids it. */
export function tryTabStorage(): AttachmentStorage | undefined {
  return quietly(() => globalThis.sessionStorage);
}

function keyOf(place: string): string {
  return `clawdbot.attached.${place === '' ? 'new' : place}`;
}

function readIds(stored: string | null | undefined): string[] {
  const value: unknown = quietly(() => JSON.parse(stored ?? '[]'));
  return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
}

/** Storage throws when it is full or forbidden; files then stand there as long as the page does. */
function quietly<T>(access: () => T): T | undefined {
  try {
    return access();
  } catch {
    return undefined;
  }
}
