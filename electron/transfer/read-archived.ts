import { archivedConversationSchema, type ArchivedMessage } from '../../shared/contract/archive.ts';
import { count, type LeftOut, type ReadConversation } from './read-result.ts';

/** One conversation of our own export; undefined for something that is none. */
export function tryReadArchived(value: unknown): ReadConversation | undefined {
  if (typeof value !== 'object' || value === null || !('messages' in value) || !('createdAt' in value)) {
    return undefined;
  }
  const parsed = archivedConversationSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const leftOut: Partial<Record<LeftOut, number>> = {};
  const known = new Set<string>();
  const messages: ArchivedMessage[] = [];
  for (const message of parsed.data.messages) {
    // Each follows one before it: nothing can go in circles.
    if (known.has(message.id) || (message.parentId !== null && !known.has(message.parentId))) {
      count(leftOut, 'messages');
      continue;
    }
    known.add(message.id);
    messages.push(message);
  }
  return { format: 'clawdbot', conversation: { ...parsed.data, messages }, leftOut };
}
