import type { ConversationsEvent, ThreadEvent } from '../../shared/contract/index.ts';

/** One event for two that follow each other, for a reader that has seen neither. */
export function mergeThreadEvents(earlier: ThreadEvent, later: ThreadEvent): ThreadEvent | undefined {
  if ((earlier.type === 'delta' || earlier.type === 'thought') && later.type === earlier.type) {
    const follows = earlier.messageId === later.messageId && earlier.offset + earlier.text.length === later.offset;
    return follows ? { ...earlier, text: earlier.text + later.text } : undefined;
  }
  if (earlier.type === 'progress' && later.type === 'progress') {
    return earlier.messageId === later.messageId ? later : undefined;
  }
  if (earlier.type === 'message' && later.type === 'message') {
    return earlier.message.id === later.message.id ? later : undefined;
  }
  return earlier.type === 'conversation' && later.type === 'conversation' ? later : undefined;
}

export function mergeConversationsEvents(
  earlier: ConversationsEvent,
  later: ConversationsEvent,
): ConversationsEvent | undefined {
  if (earlier.type !== 'upserted' || later.type !== 'upserted') return undefined;
  return earlier.conversation.id === later.conversation.id ? later : undefined;
}
