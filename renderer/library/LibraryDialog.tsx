import { FolderPlus, MessageSquarePlus, Search } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';

import type { Collection, DocumentInfo, ListedDocument } from '../../shared/contract/index.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Menu } from '../ui/Menu.tsx';
import { useToast } from '../ui/Toaster.tsx';
import { useErrorText } from '../ui/use-error-text.ts';
import { useTranslation } from '../ui/use-translation.ts';
import { CollectionList } from './CollectionList.tsx';
import type { CollectionsStore } from './collections-store.ts';
import { createDocumentPages, type ListedPlace } from './document-pages.ts';
import { DocumentList } from './DocumentList.tsx';
import { FolderStatus } from './FolderStatus.tsx';
import { useLibraryActions } from './use-library-actions.ts';
import { WatchFolderForm } from './WatchFolderForm.tsx';

interface LibraryDialogProps {
  readonly store: CollectionsStore;
  /** The report of one document; another feature draws it. */
  readonly report: (document: DocumentInfo, onClose: () => void) => ReactNode;
  /** The system's dialog for a folder; without it a path is typed. */
  readonly onChooseFolder?: () => Promise<string | null>;
  /** They go with the next message. */
  readonly onAddToChat: (documents: readonly DocumentInfo[]) => void;
  readonly onClose: () => void;
}

/** All documents and the collections they are in. */
export function LibraryDialog({ store, report, onChooseFolder, onAddToChat, onClose }: LibraryDialogProps): ReactNode {
  const { t } = useTranslation('library');
  const actions = useLibraryActions(store);
  const toast = useToast();
  const errorText = useErrorText();
  const collections = useStore(store, (state) => state.collections);
  const revision = useStore(store, (state) => state.revision);
  const [place, setPlace] = useState<ListedPlace>({ collectionId: null, query: '', sort: 'name', descending: false });
  const [pagesStore] = useState(() =>
    createDocumentPages(store.client, (error) => toast({ text: errorText(error), tone: 'danger' })),
  );
  const pages = useStore(pagesStore);
  const [selected, setSelected] = useState<ReadonlyMap<string, ListedDocument>>(new Map());
  const [shown, setShown] = useState<ListedDocument | null>(null);
  const [asking, setAsking] = useState(false);
  const collection = collections.find(({ id }) => id === place.collectionId);
  useEffect(() => pagesStore.open(place), [pagesStore, place, revision]);

  const move = (change: Partial<ListedPlace>): void => {
    setSelected(new Map());
    setPlace({ ...place, ...change });
  };
  const follow = (path: string): void =>
    actions.follow(path, ({ id }) => {
      setAsking(false);
      move({ collectionId: id, query: '' });
    });
  const toggle = (documentId: string): void => {
    const next = new Map(selected);
    if (!next.delete(documentId)) {
      for (let index = 0; index < (pages.total ?? 0); index += 1) {
        const document = pages.at(index);
        if (document?.id === documentId) next.set(documentId, document);
      }
    }
    setSelected(next);
  };

  return (
    <Dialog
      open
      title={t('title')}
      className="h-[min(640px,calc(100dvh-32px))] w-[min(960px,calc(100vw-32px))]"
      onOpenChange={(open) => (open ? undefined : onClose())}
    >
      <div className="flex min-h-0 flex-1 border-t border-hairline">
        <CollectionList
          collections={collections}
          selectedId={collection?.id ?? null}
          actions={actions}
          onSelect={(collectionId) => move({ collectionId, query: '' })}
          onWatchFolder={() => {
            if (onChooseFolder === undefined) setAsking(true);
            else void onChooseFolder().then((path) => (path === null ? undefined : follow(path)));
          }}
        />
        <div className="flex min-w-0 flex-1 flex-col">
          <div className="flex h-11 shrink-0 items-center gap-2 border-b border-hairline px-3">
            {selected.size === 0 ? (
              <SearchLine query={place.query} total={pages.total} onQuery={(query) => move({ query })} />
            ) : (
              <SelectionLine
                count={selected.size}
                collection={collection}
                targets={collections.filter(({ id, folder }) => id !== collection?.id && folder === null)}
                onAddTo={(collectionId) => {
                  actions.add(collectionId, [...selected.keys()]);
                  setSelected(new Map());
                }}
                onAddToChat={() => {
                  onAddToChat([...selected.values()]);
                  onClose();
                }}
                onTakeAway={() => {
                  if (collection === undefined) actions.deleteDocuments([...selected.keys()]);
                  else actions.takeOut(collection.id, [...selected.keys()]);
                  setSelected(new Map());
                }}
              />
            )}
          </div>
          {collection?.folder ? (
            <FolderStatus store={store} collection={collection} folder={collection.folder} actions={actions} />
          ) : null}
          {pages.total === 0 ? (
            <Nothing collection={collection} query={place.query} />
          ) : (
            <DocumentList
              pages={pages}
              sorting={place}
              onSort={move}
              selected={new Set(selected.keys())}
              onToggle={toggle}
              onShow={setShown}
              onNeed={pagesStore.need}
            />
          )}
        </div>
      </div>
      {shown === null ? null : report(shown, () => setShown(null))}
      {asking ? <WatchFolderForm onClose={() => setAsking(false)} onWatch={follow} /> : null}
    </Dialog>
  );
}

interface SearchLineProps {
  readonly query: string;
  readonly total: number | null;
  readonly onQuery: (query: string) => void;
}

function SearchLine({ query, total, onQuery }: SearchLineProps): ReactNode {
  const { t } = useTranslation('library');
  return (
    <>
      <Search aria-hidden className="size-4 shrink-0 text-muted" />
      <input
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        value={query}
        maxLength={200}
        className="h-8 min-w-0 flex-1 bg-transparent outline-none placeholder:text-muted"
        onChange={(event) => onQuery(event.target.value)}
      />
      <span role="status" className="shrink-0 text-sm text-muted tabular-nums">
        {total === null ? '' : t('documents', { count: total })}
      </span>
    </>
  );
}

interface SelectionLineProps {
  readonly count: number;
  readonly collection: Collection | undefined;
  readonly targets: readonly Collection[];
  readonly onAddTo: (collectionId: string) => void;
  readonly onAddToChat: () => void;
  readonly onTakeAway: () => void;
}

function SelectionLine(props: SelectionLineProps): ReactNode {
  const { count, collection, targets, onAddTo, onAddToChat, onTakeAway } = props;
  const { t } = useTranslation('library');
  return (
    <>
      <span role="status" className="min-w-0 flex-1 truncate font-medium">
        {t('selected', { count })}
      </span>
      <Button onClick={onAddToChat}>
        <MessageSquarePlus aria-hidden className="size-4" />
        {t('addToChat')}
      </Button>
      <Menu
        align="end"
        items={
          targets.length === 0
            ? [{ label: t('noCollections'), disabled: true, onSelect: () => undefined }]
            : targets.map(({ id, name }) => ({ label: name, onSelect: () => onAddTo(id) }))
        }
      >
        <Button>
          <FolderPlus aria-hidden className="size-4" />
          {t('addTo')}
        </Button>
      </Menu>
      <Button tone="danger" onClick={onTakeAway}>
        {t(collection === undefined ? 'remove' : 'takeOut')}
      </Button>
    </>
  );
}

function Nothing({
  collection,
  query,
}: {
  readonly collection: Collection | undefined;
  readonly query: string;
}): ReactNode {
  const { t } = useTranslation('library');
  if (query !== '') return <EmptyState title={t('noneFound', { query })} />;
  const text = collection === undefined ? 'emptyAllText' : collection.folder === null ? 'emptyText' : 'emptyFolderText';
  return <EmptyState title={t('emptyTitle')} text={t(text)} />;
}
