import { useMemo } from 'react';

import type { Folder } from '../../shared/contract/index.ts';
import { useToast } from '../ui/Toaster.tsx';
import { useAttempt } from '../ui/use-attempt.ts';
import { useTranslation } from '../ui/use-translation.ts';
import type { FoldersStore } from './folders-store.ts';

export interface FolderCommands {
  /** Under a name that says so, for the person to change. */
  create(onMade: (folder: Folder) => void): void;
  rename(folder: Folder, name: string): void;
  collapse(folder: Folder, collapsed: boolean): void;
  /** With a way back. */
  remove(folder: Folder): void;
}

export function useFolderCommands(store: FoldersStore): FolderCommands {
  const { t } = useTranslation('sidebar');
  const { t: tUi } = useTranslation('ui');
  const attempt = useAttempt();
  const toast = useToast();
  return useMemo(() => {
    const { create, rename, collapse, remove, restore } = store.getState();
    return {
      create: (onMade) => attempt(async () => onMade(await create(t('newFolder')))),
      rename: ({ id }, name) => attempt(() => rename(id, name)),
      collapse: ({ id }, collapsed) => attempt(() => collapse(id, collapsed)),
      remove: ({ id, name }) =>
        attempt(async () => {
          await remove(id);
          toast({
            text: t('folderRemoved', { name }),
            action: { label: tUi('undo'), run: () => attempt(() => restore(id)) },
          });
        }),
    };
  }, [store, t, tUi, attempt, toast]);
}
