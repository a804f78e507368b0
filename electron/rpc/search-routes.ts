import type { Chat } from '../chat/chat.ts';
import type { Implementer } from './implementer.ts';

export function searchRoutes(os: Implementer['search'], chat: Chat) {
  return os.router({
    everywhere: os.everywhere.handler(({ input }) => chat.search(input)),
    inThread: os.inThread.handler(({ input }) => chat.findInThread(input.conversationId, input.query)),
    reveal: os.reveal.handler(({ input }) => chat.reveal(input.messageId)),
  });
}
