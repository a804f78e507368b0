import { Pause, Play, RefreshCw } from 'lucide-react';
import { useState, type ReactNode } from 'react';

import type { Collection, WatchedFolder } from '../../shared/contract/index.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { ProgressLine } from '../ui/ProgressLine.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useTranslation } from '../ui/use-translation.ts';
import type { CollectionsStore } from './collections-store.ts';
import { FolderProblems } from './FolderProblems.tsx';
import type { LibraryActions } from './use-library-actions.ts';

interface FolderStatusProps {
  readonly store: CollectionsStore;
  readonly collection: Collection;
  readonly folder: WatchedFolder;
  readonly actions: LibraryActions;
}

/** What becomes of a folder that is watched. */
export function FolderStatus({ store, collection, folder, actions }: FolderStatusProps): ReactNode {
  const { t } = useTranslation('library');
  const words = useStateWords(folder);
  const [problemsShown, setProblemsShown] = useState(false);
  const { state, failed, closedFolders } = folder;
  const paused = state.kind === 'paused';
  const notes = [
    closedFolders > 0 ? t('closed', { count: closedFolders }) : undefined,
    folder.tooMany ? t('tooMany') : undefined,
  ].filter((note) => note !== undefined);
  return (
    <section aria-label={folder.path} className="shrink-0 border-b border-hairline px-3 py-2">
      <div className="flex items-center gap-2">
        <div className="min-w-0 flex-1">
          <p className="truncate text-sm text-muted" title={folder.path}>
            {folder.path}
          </p>
          <p role="status" className={state.kind === 'unavailable' ? 'text-warning' : 'truncate tabular-nums'}>
            {words}
          </p>
          {failed > 0 ? (
            <button
              type="button"
              className="text-sm text-danger hover:underline"
              onClick={() => setProblemsShown(true)}
            >
              {t('failed', { count: failed })}
            </button>
          ) : null}
          {notes.map((note) => (
            <p key={note} className="text-sm text-warning">
              {note}
            </p>
          ))}
        </div>
        <IconButton label={t('rescan')} disabled={paused} onClick={() => actions.rescan(collection.id)}>
          <RefreshCw aria-hidden />
        </IconButton>
        <IconButton label={t(paused ? 'goOn' : 'pause')} onClick={() => actions.pause(collection.id, !paused)}>
          {paused ? <Play aria-hidden /> : <Pause aria-hidden />}
        </IconButton>
      </div>
      {state.kind === 'reading' ? (
        <div className="pt-1.5">
          <ProgressLine label={words} fraction={state.total === 0 ? 0 : state.done / state.total} />
        </div>
      ) : null}
      {problemsShown ? (
        <FolderProblems store={store} collectionId={collection.id} onClose={() => setProblemsShown(false)} />
      ) : null}
    </section>
  );
}

function useStateWords({ state, files }: WatchedFolder): string {
  const { t } = useTranslation('library');
  const format = useFormat();
  switch (state.kind) {
    case 'looking':
      return t('looking', { count: state.found });
    case 'reading': {
      const words = { done: format.number(state.done), total: format.number(state.total) };
      return state.name === null ? t('readingFiles', words) : t('readingName', { ...words, name: state.name });
    }
    case 'watching':
      return t('watching', { count: files });
    case 'paused':
      return t('paused');
    case 'unavailable':
      return t('unavailable', { reason: state.reason });
  }
}
