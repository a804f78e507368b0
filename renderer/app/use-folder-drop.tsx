import { useState, type ReactNode } from 'react';

import { AddedFolders } from '../documents/folders/AddedFolders.tsx';
import { AskHowToAdd } from '../documents/folders/AskHowToAdd.tsx';
import type { Dropped, DroppedFolder } from '../documents/folders/dropped-folder.ts';
import type { DesktopShell } from '../rpc/desktop-shell.ts';
import { useAttempt } from '../ui/use-attempt.ts';
import type { Stores } from './stores.ts';

export interface FolderDrop {
  readonly onDropped: (dropped: Dropped) => void;
  /** How the adding goes, above the message field. */
  readonly list: ReactNode;
  readonly question: ReactNode;
}

/** What becomes of folders that are dropped: their documents are in a collection that the conversation asks about. */
export function useFolderDrop(
  stores: Stores,
  shell: DesktopShell | undefined,
  onFiles: (files: readonly File[]) => void,
): FolderDrop {
  const attempt = useAttempt();
  const [asked, setAsked] = useState<readonly DroppedFolder[]>([]);

  /** Of the conversation on screen; somebody who has left it meanwhile finds the collection in the list. */
  const use = (conversationId: string | null, collectionId: string): void => {
    const { conversationId: shown, setup, change } = stores.setup.getState();
    const usedIds = setup.collectionIds ?? [];
    if (shown !== conversationId || usedIds.includes(collectionId)) return;
    attempt(() => change({ ...setup, collectionIds: [...usedIds, collectionId] }));
  };
  const addOnce = (folders: readonly DroppedFolder[]): void => {
    const { conversationId } = stores.setup.getState();
    for (const folder of folders) {
      stores.droppedFolders.add(folder, (collectionId) => use(conversationId, collectionId));
    }
  };
  const keep = (folders: readonly DroppedFolder[]): void => {
    const { conversationId } = stores.setup.getState();
    for (const { file } of folders) {
      const path = file === null ? undefined : shell?.tryPathOf(file);
      if (path === undefined) continue;
      attempt(async () => use(conversationId, (await stores.collections.client.collections.follow({ path })).id));
    }
  };
  const decided = (act: (folders: readonly DroppedFolder[]) => void): void => {
    act(asked);
    setAsked([]);
  };

  return {
    onDropped({ files, folders }) {
      if (files.length > 0) onFiles(files);
      if (folders.length === 0) return;
      const findable = folders.every(({ file }) => file !== null && shell?.tryPathOf(file) !== undefined);
      if (findable) setAsked(folders);
      else addOnce(folders);
    },
    list: <AddedFolders store={stores.droppedFolders} />,
    question:
      asked.length === 0 ? null : (
        <AskHowToAdd
          folders={asked}
          onOnce={() => decided(addOnce)}
          onKeep={() => decided(keep)}
          onClose={() => setAsked([])}
        />
      ),
  };
}
