import {
  memo,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { VList, type VListHandle } from 'virtua';
import { useStore } from 'zustand';

import type { Conversation } from '../../shared/contract/index.ts';
import { classNames } from '../ui/class-names.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { useFormat } from '../ui/use-format.ts';
import { ConversationRow, type RowActions } from './ConversationRow.tsx';
import type { ConversationsStore } from './conversations-store.ts';
import { downloadConversation } from './download-conversation.ts';
import { FolderRow, type FolderActions } from './FolderRow.tsx';
import type { FoldersStore } from './folders-store.ts';
import { folderKey, groupConversations, type SidebarRow } from './group-conversations.ts';
import { useConversationActions } from './use-conversation-actions.ts';
import { noFolder, useDrop } from './use-drop.ts';
import { useFolderCommands } from './use-folder-commands.ts';
import { useToday } from './use-today.ts';
import { useTranslation } from '../ui/use-translation.ts';

interface ConversationListProps {
  readonly store: ConversationsStore;
  readonly folders: FoldersStore;
  readonly selectedId: string | null;
  /** The row whose name is being changed. */
  readonly editingKey: string | null;
  readonly onEditing: (key: string | null) => void;
  readonly onNewChatIn: (folderId: string) => void;
  readonly onSelect: (conversationId: string | null) => void;
  readonly onPrint: (conversationId: string, title: string) => void;
}

export function ConversationList(props: ConversationListProps): ReactNode {
  // A turn that begins or ends moves its row; the words of the answer come first.
  const conversations = useDeferredValue(useStore(props.store, (state) => state.conversations));
  return <Rows {...props} conversations={conversations} />;
}

interface RowsProps extends ConversationListProps {
  readonly conversations: readonly Conversation[];
}

const Rows = memo(function Rows(props: RowsProps): ReactNode {
  const {
    store,
    folders: folderStore,
    selectedId,
    editingKey,
    onEditing,
    onSelect,
    onNewChatIn,
    conversations,
  } = props;
  const { t } = useTranslation('sidebar');
  const format = useFormat();
  const nowMs = useToday();
  const loaded = useStore(store, (state) => state.loaded);
  const folders = useStore(folderStore, (state) => state.folders);
  const rows = useMemo(() => groupConversations(conversations, folders, nowMs), [conversations, folders, nowMs]);
  const actions = useConversationActions(store);
  const commands = useFolderCommands(folderStore);
  const { over, handlers } = useDrop(actions.move);
  const list = useRef<VListHandle>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [focusedKey, setFocusedKey] = useState<string | null>(null);

  const keys = useMemo(() => rows.flatMap((row) => (row.kind === 'heading' ? [] : [row.key])), [rows]);
  // One stop for the Tab key: the row last focused, else the selected one, else the first.
  const stopKey = [focusedKey, selectedId].find((key) => key !== null && keys.includes(key)) ?? keys[0];

  // Scrolled out of view it would leave the page, and the focus with it.
  const keptIndex = rows.findIndex((row) => row.key === (editingKey ?? stopKey));
  const kept = keptIndex < 0 ? [] : [keptIndex];

  const focusRow = (key: string | undefined): void => {
    const index = rows.findIndex((row) => row.key === key);
    if (key === undefined || index < 0) return;
    list.current?.scrollToIndex(index, { align: 'nearest' });
    // A row out of view is made by the scrolling, one frame later.
    requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        frame.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`)?.focus();
      });
    });
  };

  const remove = (id: string): void => {
    const conversation = conversations.find((known) => known.id === id);
    const at = keys.indexOf(id);
    const next = keys[at + 1] ?? keys[at - 1];
    if (!conversation) return;
    const hadFocus = frame.current?.contains(document.activeElement) ?? false;
    actions.remove(conversation);
    if (id === selectedId) onSelect(null);
    if (hadFocus) requestAnimationFrame(() => focusRow(next));
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const { target } = event;
    const key = target instanceof HTMLElement ? target.dataset['row'] : undefined;
    if (key === undefined || event.metaKey || event.ctrlKey || event.altKey) return;
    const at = keys.indexOf(key);
    const row = rows.find((known) => known.key === key);
    switch (event.key) {
      case 'ArrowDown':
        focusRow(keys[at + 1]);
        break;
      case 'ArrowUp':
        focusRow(keys[at - 1]);
        break;
      case 'ArrowRight':
        if (row?.kind === 'folder') commands.collapse(row.folder, false);
        break;
      case 'ArrowLeft':
        if (row?.kind === 'folder') commands.collapse(row.folder, true);
        else if (row?.kind === 'conversation' && row.folder) focusRow(folderKey(row.folder.id));
        break;
      case 'Home':
        focusRow(keys[0]);
        break;
      case 'End':
        focusRow(keys.at(-1));
        break;
      case 'F2':
        onEditing(key);
        break;
      case 'Delete':
      case 'Backspace':
        if (row?.kind === 'folder') commands.remove(row.folder);
        else remove(key);
        break;
      default:
        return;
    }
    event.preventDefault();
  };

  useEffect(() => {
    if (selectedId === null) return;
    const index = rows.findIndex((row) => row.key === selectedId);
    if (index >= 0) list.current?.scrollToIndex(index, { align: 'nearest' });
    // Only a new selection moves the list; a new message in another row must not.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [selectedId, loaded]);

  useEffect(() => {
    const index = rows.findIndex((row) => row.key === editingKey);
    if (index >= 0) list.current?.scrollToIndex(index, { align: 'nearest' });
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [editingKey]);

  const latest = useRef({ remove, focusRow, onSelect, onEditing, onNewChatIn, onPrint: props.onPrint });
  useEffect(() => {
    latest.current = { remove, focusRow, onSelect, onEditing, onNewChatIn, onPrint: props.onPrint };
  });
  // The same for all rows and for good: a row is drawn again only when something of its own changes.
  const rowActions = useMemo(
    (): RowActions & FolderActions => ({
      onFocus: setFocusedKey,
      onEdit: (key) => latest.current.onEditing(key),
      onEditEnd(conversation, title) {
        latest.current.onEditing(null);
        if (title !== undefined) actions.rename(conversation, title);
        latest.current.focusRow(conversation.id);
      },
      onPin: (conversation) => actions.pin(conversation, !conversation.pinned),
      onRemove: (id) => latest.current.remove(id),
      onExport: downloadConversation,
      onPrint: ({ id, title }) => latest.current.onPrint(id, title),
      onSelect: (id) => latest.current.onSelect(id),
      onMove(id, folderId) {
        if (folderId !== undefined) return actions.move(id, folderId);
        commands.create((folder) => {
          actions.move(id, folder.id);
          latest.current.onEditing(folderKey(folder.id));
        });
      },
      onFolderEditEnd(folder, name) {
        latest.current.onEditing(null);
        if (name !== undefined) commands.rename(folder, name);
        latest.current.focusRow(folderKey(folder.id));
      },
      onCollapse: commands.collapse,
      onNewChatIn: ({ id }) => latest.current.onNewChatIn(id),
      onRemoveFolder: commands.remove,
    }),
    [actions, commands],
  );

  const onScroll = (): void => {
    const handle = list.current;
    const { hasOlder, loadOlder } = store.getState();
    if (!handle || !hasOlder) return;
    if (handle.scrollSize - handle.scrollOffset - handle.viewportSize < 600) actions.attempt(loadOlder);
  };

  const headingText = (row: SidebarRow & { kind: 'heading' }): string =>
    row.group === 'month' ? format.month(row.atMs, nowMs) : t(`group.${row.group}`);
  const headings = new Map(
    rows.flatMap((row) => {
      if (row.kind === 'conversation') return [];
      return [[row.key, row.kind === 'heading' ? headingText(row) : row.folder.name]];
    }),
  );

  if (loaded && keys.length === 0) return <EmptyState title={t('emptyTitle')} text={t('emptyHint')} />;
  return (
    <div
      ref={frame}
      role="list"
      aria-label={t('list')}
      aria-busy={!loaded}
      className="h-full"
      onKeyDown={onKeyDown}
      {...handlers}
    >
      <VList ref={list} data={rows} keepMounted={kept} className="px-2 pb-2" onScroll={onScroll}>
        {(row, index) => {
          switch (row.kind) {
            case 'heading':
              // Each row says its group itself, because a list may hold nothing but its items.
              return (
                <div
                  key={row.key}
                  aria-hidden
                  data-folder={row.group === 'pinned' ? undefined : noFolder}
                  className={classNames(
                    'px-2 pb-1 text-xs font-medium select-none',
                    index === 0 ? 'pt-1' : 'pt-4',
                    over === noFolder && row.group !== 'pinned' ? 'text-accent' : 'text-muted',
                  )}
                >
                  {headings.get(row.key)}
                </div>
              );
            case 'folder':
              return (
                <FolderRow
                  key={row.key}
                  rowKey={row.key}
                  folder={row.folder}
                  count={row.count}
                  tabStop={row.key === stopKey}
                  editing={row.key === editingKey}
                  dropping={row.folder.id === over}
                  actions={rowActions}
                />
              );
            case 'conversation':
              return (
                <ConversationRow
                  key={row.key}
                  conversation={row.conversation}
                  folder={row.folder}
                  folders={folders}
                  group={headings.get(row.heading) ?? ''}
                  selected={row.key === selectedId}
                  tabStop={row.key === stopKey}
                  editing={row.key === editingKey}
                  actions={rowActions}
                />
              );
          }
        }}
      </VList>
    </div>
  );
});
