import { useMemo } from 'react';

import type { Collection } from '../../shared/contract/index.ts';
import { useToast } from '../ui/Toaster.tsx';
import { useAttempt } from '../ui/use-attempt.ts';
import { useTranslation } from '../ui/use-translation.ts';
import type { CollectionsStore } from './collections-store.ts';

export interface LibraryActions {
  create(onMade: (collection: Collection) => void): void;
  follow(path: string, onMade: (collection: Collection) => void): void;
  rename(collectionId: string, name: string): void;
  /** With a way back, like all that follow which take something away. */
  remove(collection: Collection): void;
  add(collectionId: string, documentIds: readonly string[]): void;
  takeOut(collectionId: string, documentIds: readonly string[]): void;
  deleteDocuments(documentIds: readonly string[]): void;
  pause(collectionId: string, paused: boolean): void;
  rescan(collectionId: string): void;
}

/** Documents that one call takes. */
const atOnce = 200;

export function useLibraryActions(store: CollectionsStore): LibraryActions {
  const { t } = useTranslation('library');
  const { t: tUi } = useTranslation('ui');
  const attempt = useAttempt();
  const toast = useToast();
  return useMemo(() => {
    const { collections, documents } = store.client;
    // Documents that no collection has are not told of by the host's stream.
    const changed = (): void => store.setState(({ revision }) => ({ revision: revision + 1 }));
    const undoable = (text: string, undo: () => Promise<unknown>): void => {
      changed();
      const run = (): void => attempt(() => undo().then(changed));
      toast({ text, action: { label: tUi('undo'), run } });
    };
    const inParts = async (
      documentIds: readonly string[],
      call: (part: string[]) => Promise<unknown>,
    ): Promise<void> => {
      for (let from = 0; from < documentIds.length; from += atOnce) await call(documentIds.slice(from, from + atOnce));
    };
    const add = (collectionId: string, documentIds: readonly string[]): Promise<void> =>
      inParts(documentIds, (part) => collections.addDocuments({ collectionId, documentIds: part }));
    return {
      create: (onMade) => attempt(async () => onMade(await collections.create({ name: t('newCollection') }))),
      follow: (path, onMade) => attempt(async () => onMade(await collections.follow({ path }))),
      rename: (collectionId, name) => attempt(() => collections.rename({ collectionId, name })),
      remove: ({ id, name }) =>
        attempt(async () => {
          await collections.remove({ collectionId: id });
          undoable(t('removed', { name }), () => collections.restore({ collectionId: id }));
        }),
      add: (collectionId, documentIds) => attempt(() => add(collectionId, documentIds)),
      takeOut: (collectionId, documentIds) =>
        attempt(async () => {
          await inParts(documentIds, (part) => collections.removeDocuments({ collectionId, documentIds: part }));
          undoable(t('documentsRemoved', { count: documentIds.length }), () => add(collectionId, documentIds));
        }),
      deleteDocuments: (documentIds) =>
        attempt(async () => {
          for (const documentId of documentIds) await documents.remove({ documentId });
          undoable(t('documentsDeleted', { count: documentIds.length }), async () => {
            for (const documentId of documentIds) await documents.restore({ documentId });
          });
        }),
      pause: (collectionId, paused) => attempt(() => collections.pause({ collectionId, paused })),
      rescan: (collectionId) => attempt(() => collections.rescan({ collectionId })),
    };
  }, [store, t, tUi, attempt, toast]);
}
