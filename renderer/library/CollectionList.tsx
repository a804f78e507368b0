import { Ellipsis, Files, Folder, FolderSearch, FolderPlus, Pencil, Trash2 } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';

import type { Collection } from '../../shared/contract/index.ts';
import { classNames } from '../ui/class-names.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { InlineEdit } from '../ui/InlineEdit.tsx';
import { Menu } from '../ui/Menu.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useTranslation } from '../ui/use-translation.ts';
import type { LibraryActions } from './use-library-actions.ts';

const nameLimitChars = 80;

interface CollectionListProps {
  readonly collections: readonly Collection[];
  /** Null is all documents. */
  readonly selectedId: string | null;
  readonly actions: LibraryActions;
  readonly onSelect: (collectionId: string | null) => void;
  readonly onWatchFolder: () => void;
}

/** The collections, and what makes a new one. */
export function CollectionList(props: CollectionListProps): ReactNode {
  const { collections, selectedId, actions, onSelect, onWatchFolder } = props;
  const { t } = useTranslation('library');
  const [editingId, setEditingId] = useState<string | null>(null);
  return (
    <nav aria-label={t('collections')} className="flex min-h-0 w-56 shrink-0 flex-col border-r border-hairline">
      <ul className="min-h-0 flex-1 overflow-y-auto p-2">
        <Row
          icon={<Files aria-hidden className="size-4 shrink-0 text-muted" />}
          name={t('all')}
          selected={selectedId === null}
          onSelect={() => onSelect(null)}
        />
        {collections.map((collection) =>
          collection.id === editingId ? (
            <li key={collection.id} className="py-px">
              <InlineEdit
                label={t('nameField')}
                value={collection.name}
                limitChars={nameLimitChars}
                className="h-8 w-full"
                onCancel={() => setEditingId(null)}
                onSave={(name) => {
                  setEditingId(null);
                  actions.rename(collection.id, name);
                }}
              />
            </li>
          ) : (
            <CollectionRow
              key={collection.id}
              collection={collection}
              selected={collection.id === selectedId}
              onSelect={() => onSelect(collection.id)}
              onEdit={() => setEditingId(collection.id)}
              onRemove={() => {
                actions.remove(collection);
                if (collection.id === selectedId) onSelect(null);
              }}
            />
          ),
        )}
      </ul>
      <div className="flex shrink-0 gap-1 border-t border-hairline p-2">
        <IconButton
          label={t('newCollection')}
          side="top"
          onClick={() =>
            actions.create(({ id }) => {
              onSelect(id);
              setEditingId(id);
            })
          }
        >
          <FolderPlus aria-hidden />
        </IconButton>
        <IconButton label={t('watchFolder')} side="top" onClick={onWatchFolder}>
          <FolderSearch aria-hidden />
        </IconButton>
      </div>
    </nav>
  );
}

interface CollectionRowProps {
  readonly collection: Collection;
  readonly selected: boolean;
  readonly onSelect: () => void;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

function CollectionRow({ collection, selected, onSelect, onEdit, onRemove }: CollectionRowProps): ReactNode {
  const { t } = useTranslation('library');
  const { name, documents, folder } = collection;
  const Icon = folder === null ? Folder : FolderSearch;
  const editNext = useRef(false);
  return (
    <Row
      icon={<Icon aria-hidden className="size-4 shrink-0 text-muted" />}
      name={name}
      count={documents}
      selected={selected}
      onSelect={onSelect}
      menu={
        <Menu
          align="end"
          // The menu gives focus back when it closes, which would end the editing that it just began.
          onCloseAutoFocus={(event) => {
            if (!editNext.current) return;
            editNext.current = false;
            event.preventDefault();
            onEdit();
          }}
          items={[
            { label: t('rename'), icon: <Pencil aria-hidden />, onSelect: () => (editNext.current = true) },
            { kind: 'separator' },
            { label: t('remove'), icon: <Trash2 aria-hidden />, danger: true, onSelect: onRemove },
          ]}
        >
          <IconButton label={t('options', { name })}>
            <Ellipsis aria-hidden />
          </IconButton>
        </Menu>
      }
    />
  );
}

interface RowProps {
  readonly icon: ReactNode;
  readonly name: string;
  readonly count?: number;
  readonly selected: boolean;
  readonly onSelect: () => void;
  readonly menu?: ReactNode;
}

function Row({ icon, name, count, selected, onSelect, menu }: RowProps): ReactNode {
  const format = useFormat();
  return (
    <li
      className={classNames(
        'flex h-8 items-center rounded-md pr-0.5',
        selected ? 'bg-fill-strong font-medium' : 'hover:bg-fill',
      )}
    >
      <button
        type="button"
        aria-current={selected ? 'true' : undefined}
        onClick={onSelect}
        className="flex h-full min-w-0 flex-1 items-center gap-2 rounded-md pl-2 text-left focus-visible:-outline-offset-2"
      >
        {icon}
        <span className="min-w-0 flex-1 truncate">{name}</span>
        {count === undefined ? null : (
          <span className="pr-1 text-sm text-muted tabular-nums">{format.number(count)}</span>
        )}
      </button>
      {menu}
    </li>
  );
}
