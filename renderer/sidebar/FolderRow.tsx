import { ChevronRight, Ellipsis, Folder as FolderIcon, Pencil, SquarePen, Trash2 } from 'lucide-react';
import { memo, useRef, type ReactNode } from 'react';

import type { Folder } from '../../shared/contract/index.ts';
import { classNames } from '../ui/class-names.ts';
import { ContextMenu } from '../ui/ContextMenu.tsx';
import { InlineEdit } from '../ui/InlineEdit.tsx';
import { Menu } from '../ui/Menu.tsx';
import type { MenuItem } from '../ui/menu-item.ts';
import { useTranslation } from '../ui/use-translation.ts';

const nameLimitChars = 80;

/** What can be done with a folder. The object stays the same as long as the list is there. */
export interface FolderActions {
  onFocus(key: string): void;
  onEdit(key: string): void;
  /** With the new name, or undefined when it stays. */
  onFolderEditEnd(folder: Folder, name?: string): void;
  onCollapse(folder: Folder, collapsed: boolean): void;
  onNewChatIn(folder: Folder): void;
  onRemoveFolder(folder: Folder): void;
}

interface FolderRowProps {
  /** The row's place in the list. */
  readonly rowKey: string;
  readonly folder: Folder;
  readonly count: number;
  readonly tabStop: boolean;
  readonly editing: boolean;
  /** A conversation is held over it. */
  readonly dropping: boolean;
  readonly actions: FolderActions;
}

export const FolderRow = memo(function FolderRow(props: FolderRowProps): ReactNode {
  const { rowKey, folder, count, tabStop, editing, dropping, actions } = props;
  const { t } = useTranslation('sidebar');
  const editNext = useRef(false);

  const items: readonly MenuItem[] = [
    { label: t('newChatIn'), icon: <SquarePen aria-hidden />, onSelect: () => actions.onNewChatIn(folder) },
    {
      label: t('rename'),
      icon: <Pencil aria-hidden />,
      keys: 'F2',
      onSelect: () => {
        editNext.current = true;
      },
    },
    { kind: 'separator' },
    {
      label: t('removeFolder'),
      icon: <Trash2 aria-hidden />,
      keys: 'Delete',
      danger: true,
      onSelect: () => actions.onRemoveFolder(folder),
    },
  ];
  // The menu gives focus back when it closes, which would end the editing that it just began.
  const onCloseAutoFocus = (event: Event): void => {
    if (!editNext.current) return;
    editNext.current = false;
    event.preventDefault();
    actions.onEdit(rowKey);
  };

  if (editing) {
    return (
      <div role="listitem" className="pt-2 pb-px">
        <InlineEdit
          label={t('folderField')}
          value={folder.name}
          limitChars={nameLimitChars}
          className="h-8 w-full"
          onSave={(changed) => actions.onFolderEditEnd(folder, changed)}
          onCancel={() => actions.onFolderEditEnd(folder)}
        />
      </div>
    );
  }
  return (
    <ContextMenu items={items} onCloseAutoFocus={onCloseAutoFocus}>
      <div role="listitem" data-folder={folder.id} className="group relative pt-2 pb-px">
        <button
          type="button"
          data-row={rowKey}
          aria-expanded={!folder.collapsed}
          aria-description={t('folder', { count })}
          tabIndex={tabStop ? 0 : -1}
          className={classNames(
            'flex h-8 w-full items-center gap-1.5 rounded-md pr-8 pl-1 text-left select-none focus-visible:-outline-offset-2',
            dropping ? 'bg-fill-strong outline-2 -outline-offset-2 outline-accent' : 'group-hover:bg-fill',
          )}
          onFocus={() => actions.onFocus(rowKey)}
          onClick={() => actions.onCollapse(folder, !folder.collapsed)}
        >
          <ChevronRight
            aria-hidden
            className={classNames(
              'size-3.5 shrink-0 text-muted transition-transform duration-100',
              !folder.collapsed && 'rotate-90',
            )}
          />
          <FolderIcon aria-hidden className="size-4 shrink-0 text-muted" />
          <span className="min-w-0 truncate">{folder.name}</span>
          <span className="text-xs text-muted tabular-nums">{count === 0 ? null : count}</span>
        </button>
        <Menu items={items} onCloseAutoFocus={onCloseAutoFocus}>
          <button
            type="button"
            aria-label={t('options', { title: folder.name })}
            tabIndex={tabStop ? 0 : -1}
            className="absolute top-3 right-1 inline-flex size-6 items-center justify-center rounded-md text-muted opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 hover:bg-fill-strong hover:text-ink focus-visible:opacity-100 data-[state=open]:bg-fill-strong data-[state=open]:opacity-100"
          >
            <Ellipsis aria-hidden className="size-4" />
          </button>
        </Menu>
      </div>
    </ContextMenu>
  );
});
