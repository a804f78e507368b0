import { Download, Ellipsis, FolderInput, FolderPlus, Pencil, Pin, PinOff, Trash2 } from 'lucide-react';
import { memo, useRef, type MouseEvent, type ReactNode } from 'react';

import type { Conversation, Folder } from '../../shared/contract/index.ts';
import { classNames } from '../ui/class-names.ts';
import { ContextMenu } from '../ui/ContextMenu.tsx';
import { InlineEdit } from '../ui/InlineEdit.tsx';
import { Menu } from '../ui/Menu.tsx';
import type { MenuItem } from '../ui/menu-item.ts';
import { useTranslation } from '../ui/use-translation.ts';
import { carry, noFolder } from './use-drop.ts';

const titleLimitChars = 200;

/** What can be done with a row. The object stays the same as long as the list is there. */
export interface RowActions {
  onFocus(conversationId: string): void;
  onEdit(conversationId: string): void;
  /** With the new title, or undefined when it stays. */
  onEditEnd(conversation: Conversation, title?: string): void;
  onPin(conversation: Conversation): void;
  onRemove(conversationId: string): void;
  onExport(conversationId: string, format: 'json' | 'markdown'): void;
  onPrint(conversation: Conversation): void;
  onSelect(conversationId: string): void;
  /** Into a folder, out of any for null, into a new one for undefined. */
  onMove(conversationId: string, folderId: string | null | undefined): void;
}

interface ConversationRowProps {
  readonly conversation: Conversation;
  /** Null outside of any. */
  readonly folder: Folder | null;
  /** Those that it can be moved to. */
  readonly folders: readonly Folder[];
  /** The heading above it, said with the row. */
  readonly group: string;
  readonly selected: boolean;
  readonly tabStop: boolean;
  readonly editing: boolean;
  readonly actions: RowActions;
}

export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps): ReactNode {
  const { conversation, folder, folders, selected, tabStop, editing, actions } = props;
  const { id } = conversation;
  const { t } = useTranslation('sidebar');
  const editNext = useRef(false);
  const newFolderNext = useRef(false);
  const title = conversation.title || t('untitled');

  const items: readonly MenuItem[] = [
    {
      label: t('rename'),
      icon: <Pencil aria-hidden />,
      keys: 'F2',
      onSelect: () => {
        editNext.current = true;
      },
    },
    {
      label: t(conversation.pinned ? 'unpin' : 'pin'),
      icon: conversation.pinned ? <PinOff aria-hidden /> : <Pin aria-hidden />,
      onSelect: () => actions.onPin(conversation),
    },
    {
      kind: 'submenu',
      label: t('moveTo'),
      icon: <FolderInput aria-hidden />,
      items: [
        ...moveItems(folders, conversation.folderId ?? null, t('noFolder'), (to) => actions.onMove(id, to)),
        { kind: 'separator' },
        {
          label: t('newFolder'),
          icon: <FolderPlus aria-hidden />,
          onSelect: () => {
            newFolderNext.current = true;
          },
        },
      ],
    },
    {
      kind: 'submenu',
      label: t('exportAs'),
      icon: <Download aria-hidden />,
      items: [
        { label: t('exportMarkdown'), onSelect: () => actions.onExport(id, 'markdown') },
        { label: t('exportJson'), onSelect: () => actions.onExport(id, 'json') },
        { label: t('exportPdf'), onSelect: () => actions.onPrint(conversation) },
      ],
    },
    { kind: 'separator' },
    {
      label: t('remove'),
      icon: <Trash2 aria-hidden />,
      keys: 'Delete',
      danger: true,
      onSelect: () => actions.onRemove(id),
    },
  ];
  // The menu gives focus back when it closes, which would end the editing that it just began.
  const onCloseAutoFocus = (event: Event): void => {
    if (!editNext.current && !newFolderNext.current) return;
    event.preventDefault();
    if (editNext.current) actions.onEdit(id);
    else actions.onMove(id, undefined);
    editNext.current = false;
    newFolderNext.current = false;
  };

  const onClick = (event: MouseEvent): void => {
    // With a modifier the browser opens a tab of its own.
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    actions.onSelect(id);
  };

  if (editing) {
    return (
      <div role="listitem" className="py-px">
        <InlineEdit
          label={t('titleField')}
          value={conversation.title}
          limitChars={titleLimitChars}
          className="h-8 w-full"
          onSave={(changed) => actions.onEditEnd(conversation, changed)}
          onCancel={() => actions.onEditEnd(conversation)}
        />
      </div>
    );
  }
  return (
    <ContextMenu items={items} onCloseAutoFocus={onCloseAutoFocus}>
      <div
        role="listitem"
        data-folder={conversation.pinned ? undefined : (folder?.id ?? noFolder)}
        className="group relative py-px"
      >
        <a
          href={`#/c/${encodeURIComponent(id)}`}
          data-conversation={id}
          data-row={id}
          aria-current={selected ? 'page' : undefined}
          aria-description={props.group}
          tabIndex={tabStop ? 0 : -1}
          onDragStart={(event) => carry(event, id)}
          className={classNames(
            'flex h-8 items-center gap-2 rounded-md pr-8',
            folder ? 'pl-7' : 'pl-2',
            'select-none focus-visible:-outline-offset-2',
            selected ? 'bg-fill-strong font-medium' : 'group-hover:bg-fill group-has-data-[state=open]:bg-fill',
          )}
          onFocus={() => actions.onFocus(id)}
          onClick={onClick}
          onDoubleClick={() => actions.onEdit(id)}
        >
          <span className="min-w-0 flex-1 truncate">{title}</span>
        </a>
        {conversation.running ? (
          <span
            role="img"
            aria-label={t('answering')}
            className="pulse pointer-events-none absolute top-3.5 right-3.5 size-2 rounded-full bg-accent group-focus-within:hidden group-hover:hidden"
          />
        ) : null}
        <Menu items={items} onCloseAutoFocus={onCloseAutoFocus}>
          <button
            type="button"
            aria-label={t('options', { title })}
            tabIndex={tabStop ? 0 : -1}
            className="absolute top-1.5 right-1 inline-flex size-6 items-center justify-center rounded-md text-muted opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 hover:bg-fill-strong hover:text-ink focus-visible:opacity-100 data-[state=open]:bg-fill-strong data-[state=open]:opacity-100"
          >
            <Ellipsis aria-hidden className="size-4" />
          </button>
        </Menu>
      </div>
    </ContextMenu>
  );
});

/** One choice for each folder and one for none. */
function moveItems(
  folders: readonly Folder[],
  currentId: string | null,
  none: string,
  onMove: (folderId: string | null) => void,
): MenuItem[] {
  const current = folders.some(({ id }) => id === currentId) ? currentId : null;
  const choice = (label: string, id: string | null): MenuItem => ({
    kind: 'choice',
    label,
    checked: id === current,
    onSelect: () => onMove(id),
  });
  return [choice(none, null), ...folders.map(({ id, name }) => choice(name, id))];
}
