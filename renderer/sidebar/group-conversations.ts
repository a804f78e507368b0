import type { Conversation } from '../../shared/contract/index.ts';
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
      readonly kind: 'conversation';
      readonly key: string;
      readonly conversation: Conversation;
      readonly heading: string;
    };

/** The rows of the sidebar in order: pinned, then by local calendar day, then by month. Input is newest first. */
export function groupConversations(conversations: readonly Conversation[], nowMs: number): SidebarRow[] {
  const rows: SidebarRow[] = [];
  let heading = '';
  const add = (conversation: Conversation, group: GroupKind): void => {
    const key = group === 'month' ? monthKey(conversation.updatedAt) : group;
    if (key !== heading) {
      heading = key;
      rows.push({ kind: 'heading', key, group, atMs: conversation.updatedAt });
    }
    rows.push({ kind: 'conversation', key: conversation.id, conversation, heading });
  };
  for (const conversation of conversations) if (conversation.pinned) add(conversation, 'pinned');
  for (const conversation of conversations) {
    if (!conversation.pinned) add(conversation, dateGroup(conversation.updatedAt, nowMs));
  }
  return rows;
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
