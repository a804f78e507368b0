import { createStore, type StoreApi } from 'zustand/vanilla';

import type { DocumentInfo } from '../../shared/contract/index.ts';
import type { Client } from '../rpc/client.ts';
import { handOverFile } from '../rpc/hand-over-file.ts';

/** A file that goes with the next message of a conversation. */
export interface Attachment {
  readonly key: string;
  readonly name: string;
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
  /** Stops what is being done with it. The document stays where it is known already. */
  remove(conversationId: string | null, key: string): void;
  /** They went with a message; all of them, or the named documents. */
  clear(conversationId: string | null, documentIds?: readonly string[]): void;
  dispose(): void;
}

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

export function createAttachmentsStore(client: Pick<Client, 'files' | 'documents'>): AttachmentsStore {
  const store = createStore<AttachmentsState>()(() => ({ byConversation: {} }));
  const aborts = new Map<string, AbortController>();
  let count = 0;
  let queue: Promise<void> = Promise.resolve();

  const change = (place: string, turn: (list: readonly Attachment[]) => readonly Attachment[]): void =>
    store.setState(({ byConversation }) => ({
      byConversation: { ...byConversation, [place]: turn(byConversation[place] ?? []) },
    }));
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
  };

  const forget = (key: string): void => {
    aborts.get(key)?.abort();
    aborts.delete(key);
  };

  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    add(conversationId, files) {
      const place = conversationId ?? '';
      for (const file of files) {
        count += 1;
        const key = `file-${count}`;
        const abort = new AbortController();
        aborts.set(key, abort);
        change(place, (list) => [...list, { key, name: file.name, state: { kind: 'waiting' } }]);
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
      }
    },
    remove(conversationId, key) {
      forget(key);
      change(conversationId ?? '', (list) => list.filter((each) => each.key !== key));
    },
    clear(conversationId, documentIds) {
      const place = conversationId ?? '';
      const went = ({ state }: Attachment): boolean =>
        documentIds === undefined || (state.kind === 'read' && documentIds.includes(state.document.id));
      for (const each of store.getState().byConversation[place] ?? []) if (went(each)) forget(each.key);
      change(place, (list) => list.filter((each) => !went(each)));
    },
    dispose() {
      for (const key of [...aborts.keys()]) forget(key);
    },
  };
}
