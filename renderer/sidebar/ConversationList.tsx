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
import { EmptyState } from '../ui/EmptyState.tsx';
import { useFormat } from '../ui/use-format.ts';
import { ConversationRow, type RowActions } from './ConversationRow.tsx';
import type { ConversationsStore } from './conversations-store.ts';
import { groupConversations, type SidebarRow } from './group-conversations.ts';
import { useConversationActions } from './use-conversation-actions.ts';
import { useToday } from './use-today.ts';
import { useTranslation } from '../ui/use-translation.ts';

interface ConversationListProps {
  readonly store: ConversationsStore;
  readonly selectedId: string | null;
  readonly onSelect: (conversationId: string | null) => void;
}

export function ConversationList(props: ConversationListProps): ReactNode {
  // A turn that begins or ends moves its row; the words of the answer come first.
  const conversations = useDeferredValue(useStore(props.store, (state) => state.conversations));
  return <Rows {...props} conversations={conversations} />;
}

interface RowsProps extends ConversationListProps {
  readonly conversations: readonly Conversation[];
}

const Rows = memo(function Rows({ store, selectedId, onSelect, conversations }: RowsProps): ReactNode {
  const { t } = useTranslation('sidebar');
  const format = useFormat();
  const nowMs = useToday();
  const loaded = useStore(store, (state) => state.loaded);
  const rows = useMemo(() => groupConversations(conversations, nowMs), [conversations, nowMs]);
  const actions = useConversationActions(store);
  const list = useRef<VListHandle>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const [editingId, setEditingId] = useState<string | null>(null);

  const ids = useMemo(() => rows.flatMap((row) => (row.kind === 'conversation' ? [row.key] : [])), [rows]);
  // One stop for the Tab key: the row last focused, else the selected one, else the first.
  const stopId = [focusedId, selectedId].find((id) => id !== null && ids.includes(id)) ?? ids[0];

  // Scrolled out of view it would leave the page, and the focus with it.
  const keptIndex = rows.findIndex((row) => row.key === (editingId ?? stopId));
  const kept = keptIndex < 0 ? [] : [keptIndex];

  const focusRow = (id: string | undefined): void => {
    const index = rows.findIndex((row) => row.key === id);
    if (id === undefined || index < 0) return;
    list.current?.scrollToIndex(index, { align: 'nearest' });
    // A row out of view is made by the scrolling, one frame later.
    requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        frame.current?.querySelector<HTMLElement>(`[data-conversation="${CSS.escape(id)}"]`)?.focus();
      });
    });
  };

  const remove = (id: string): void => {
    const conversation = conversations.find((known) => known.id === id);
    const at = ids.indexOf(id);
    const next = ids[at + 1] ?? ids[at - 1];
    if (!conversation) return;
    const hadFocus = frame.current?.contains(document.activeElement) ?? false;
    actions.remove(conversation);
    if (id === selectedId) onSelect(null);
    if (hadFocus) requestAnimationFrame(() => focusRow(next));
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const { target } = event;
    const id = target instanceof HTMLElement ? target.dataset['conversation'] : undefined;
    if (id === undefined || event.metaKey || event.ctrlKey || event.altKey) return;
    const at = ids.indexOf(id);
    switch (event.key) {
      case 'ArrowDown':
        focusRow(ids[at + 1]);
        break;
      case 'ArrowUp':
        focusRow(ids[at - 1]);
        break;
      case 'Home':
        focusRow(ids[0]);
        break;
      case 'End':
        focusRow(ids.at(-1));
        break;
      case 'F2':
        setEditingId(id);
        break;
      case 'Delete':
      case 'Backspace':
        remove(id);
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

  const latest = useRef({ remove, focusRow, onSelect });
  useEffect(() => {
    latest.current = { remove, focusRow, onSelect };
  });
  // The same for all rows and for good: a row is drawn again only when something of its own changes.
  const rowActions = useMemo(
    (): RowActions => ({
      onFocus: setFocusedId,
      onEdit: setEditingId,
      onEditEnd(conversation, title) {
        setEditingId(null);
        if (title !== undefined) actions.rename(conversation, title);
        latest.current.focusRow(conversation.id);
      },
      onPin: (conversation) => actions.pin(conversation, !conversation.pinned),
      onRemove: (id) => latest.current.remove(id),
      onSelect: (id) => latest.current.onSelect(id),
    }),
    [actions],
  );

  const onScroll = (): void => {
    const handle = list.current;
    const { hasOlder, loadOlder } = store.getState();
    if (!handle || !hasOlder) return;
    if (handle.scrollSize - handle.scrollOffset - handle.viewportSize < 600) actions.attempt(loadOlder);
  };

  const headingText = (row: SidebarRow & { kind: 'heading' }): string =>
    row.group === 'month' ? format.month(row.atMs, nowMs) : t(`group.${row.group}`);
  const headings = new Map(rows.flatMap((row) => (row.kind === 'heading' ? [[row.key, headingText(row)]] : [])));

  if (loaded && ids.length === 0) return <EmptyState title={t('emptyTitle')} text={t('emptyHint')} />;
  return (
    <div ref={frame} role="list" aria-label={t('list')} aria-busy={!loaded} className="h-full" onKeyDown={onKeyDown}>
      <VList ref={list} data={rows} keepMounted={kept} className="px-2 pb-2" onScroll={onScroll}>
        {(row) =>
          row.kind === 'heading' ? (
            // Each row says its group itself, because a list may hold nothing but its items.
            <div
              key={row.key}
              aria-hidden
              className="px-2 pt-4 pb-1 text-xs font-medium text-muted select-none first:pt-1"
            >
              {headings.get(row.key)}
            </div>
          ) : (
            <ConversationRow
              key={row.key}
              conversation={row.conversation}
              group={headings.get(row.heading) ?? ''}
              selected={row.key === selectedId}
              tabStop={row.key === stopId}
              editing={row.key === editingId}
              actions={rowActions}
            />
          )
        }
      </VList>
    </div>
  );
});
