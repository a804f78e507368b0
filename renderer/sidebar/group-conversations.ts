import type { Conversation, Folder } from '../../shared/contract/index.ts';
import { daysBetween } from '../ui/format.ts';

export type GroupKind = 'pinned' | 'today' | 'yesterday' | 'week' | 'month';

export type SidebarRow =
  | {
      readonly kind: 'heading';
      readonly key: string;
      readonly group: GroupKind;
      /** A moment within the month, for groups by month. */
      readonly atMs: number;
    }
  | {
      readonly kind: 'folder';
      readonly key: string;
      readonly folder: Folder;
      readonly count: number;
    }
  | {
      readonly kind: 'conversation';
      readonly key: string;
      readonly conversation: Conversation;
      readonly heading: string;
      /** Null outside of any. */
      readonly folder: Folder | null;
    };

/**
 * The rows of the sidebar in order: pinned, then folders, then by local calendar day, then by month. A conversation of a
 * folder that is not there (any more) has its place by day. Input is newest first.
 */
export function groupConversations(
  conversations: readonly Conversation[],
  folders: readonly Folder[],
  nowMs: number,
): SidebarRow[] {
  const rows: SidebarRow[] = [];
  let heading = '';
  const add = (conversation: Conversation, group: GroupKind): void => {
    const key = group === 'month' ? monthKey(conversation.updatedAt) : group;
    if (key !== heading) {
      heading = key;
      rows.push({ kind: 'heading', key, group, atMs: conversation.updatedAt });
    }
    rows.push({ kind: 'conversation', key: conversation.id, conversation, heading, folder: null });
  };

  const filed = new Map(folders.map(({ id }): [string, Conversation[]] => [id, []]));
  const loose: Conversation[] = [];
  for (const conversation of conversations) {
    if (conversation.pinned) add(conversation, 'pinned');
    else (filed.get(conversation.folderId ?? '') ?? loose).push(conversation);
  }
  for (const folder of folders) {
    const inside = filed.get(folder.id) ?? [];
    const key = folderKey(folder.id);
    rows.push({ kind: 'folder', key, folder, count: inside.length });
    if (folder.collapsed) continue;
    for (const conversation of inside) {
      rows.push({ kind: 'conversation', key: conversation.id, conversation, heading: key, folder });
    }
  }
  for (const conversation of loose) add(conversation, dateGroup(conversation.updatedAt, nowMs));
  return rows;
}

export function folderKey(folderId: string): string {
  return `folder ${folderId}`;
}

function dateGroup(atMs: number, nowMs: number): GroupKind {
  const days = daysBetween(atMs, nowMs);
  // A clock that was set back leaves conversations in the future; they are still the newest.
  if (days <= 0) return 'today';
  if (days === 1) return 'yesterday';
  return days <= 7 ? 'week' : 'month';
}

function monthKey(atMs: number): string {
  const date = new Date(atMs);
  return `${date.getFullYear()}-${date.getMonth() + 1}`;
}
