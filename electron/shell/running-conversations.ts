import type { ConversationsEvent } from '../../shared/contract/index.ts';

/** The conversations in which an answer is being written, after one more event. */
export function runningAfter(running: ReadonlySet<string>, event: ConversationsEvent): ReadonlySet<string> {
  switch (event.type) {
    case 'snapshot':
      return new Set(event.conversations.filter((conversation) => conversation.running).map(({ id }) => id));
    case 'upserted': {
      const { id, running: runs } = event.conversation;
      if (running.has(id) === runs) return running;
      return runs ? new Set(running).add(id) : without(running, id);
    }
    case 'removed':
      return running.has(event.conversationId) ? without(running, event.conversationId) : running;
  }
}

function without(running: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const rest = new Set(running);
  rest.delete(id);
  return rest;
}
