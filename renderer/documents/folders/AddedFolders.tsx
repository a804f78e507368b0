import { FolderOpen, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';

import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';
import { useFormat } from '../../ui/use-format.ts';
import { useTranslation } from '../../ui/use-translation.ts';
import type { AddedFolder, DroppedFoldersStore } from './folders-store.ts';
import { NotAddedList } from './NotAddedList.tsx';

/** Folders that are being added, above the message field, and what became of them. */
export function AddedFolders({ store }: { readonly store: DroppedFoldersStore }): ReactNode {
  const { t } = useTranslation('documents');
  const folders = useStore(store, (state) => state.folders);
  const [shownKey, setShownKey] = useState<string | null>(null);
  const shown = folders.find(({ key }) => key === shownKey);
  if (folders.length === 0) return null;
  return (
    <>
      <ul aria-label={t('folders')} className="flex flex-col gap-1.5 px-2.5 pt-2.5">
        {folders.map((folder) => (
          <Row key={folder.key} folder={folder} store={store} onShow={() => setShownKey(folder.key)} />
        ))}
      </ul>
      {shown === undefined ? null : <NotAddedList notAdded={shown.notAdded} onClose={() => setShownKey(null)} />}
    </>
  );
}

interface RowProps {
  readonly folder: AddedFolder;
  readonly store: DroppedFoldersStore;
  readonly onShow: () => void;
}

function Row({ folder, store, onShow }: RowProps): ReactNode {
  const { t } = useTranslation('documents');
  const words = useFolderWords(folder);
  const { key, name, state, notAdded } = folder;
  const running = state.kind === 'looking' || state.kind === 'reading';
  return (
    <li className="relative flex items-center gap-2 overflow-hidden rounded-md border border-hairline bg-fill py-0.5 pr-0.5 pl-2">
      <FolderOpen aria-hidden className="size-4 shrink-0 text-muted" />
      <span className="max-w-[220px] shrink-0 truncate">{name}</span>
      <span role={running ? undefined : 'status'} className="min-w-0 flex-1 truncate text-sm text-muted tabular-nums">
        {words}
      </span>
      {notAdded.length === 0 ? null : (
        <Button tone="quiet" onClick={onShow}>
          {t('showNotAdded')}
        </Button>
      )}
      <IconButton
        label={t(running ? 'stopFolder' : 'dismissFolder', { name })}
        onClick={() => (running ? store.stop(key) : store.dismiss(key))}
      >
        <X aria-hidden />
      </IconButton>
      {state.kind === 'reading' ? (
        <div className="absolute inset-x-0 bottom-0">
          <ProgressLine label={t('addingFolder', { name })} fraction={state.done / state.total} />
        </div>
      ) : null}
    </li>
  );
}

function useFolderWords({ state, added, notAdded, tooMany }: AddedFolder): string {
  const { t } = useTranslation('documents');
  const format = useFormat();
  const errorText = useErrorText();
  const numbers = { added: format.number(added), failed: format.number(notAdded.length) };
  switch (state.kind) {
    case 'looking':
      return t('folderLooking', { count: state.found });
    case 'reading':
      return t('folderReading', {
        done: format.number(state.done + 1),
        total: format.number(state.total),
        name: state.name,
      });
    case 'stopped':
      return t('folderStopped', numbers);
    case 'failed':
      return errorText(state.error);
    case 'done': {
      if (added + notAdded.length === 0) return t('folderEmpty');
      const words = t(notAdded.length === 0 ? 'folderAdded' : 'folderAddedFailed', numbers);
      return tooMany ? `${words} (${t('folderTooMany')})` : words;
    }
  }
}
