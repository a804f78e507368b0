import type { Chat } from '../chat/chat.ts';
import type { Implementer } from './implementer.ts';
import { stream } from './stream.ts';

export function chatRoutes(os: Implementer['chat'], chat: Chat) {
  return os.router({
    watchConversations: os.watchConversations.handler(({ signal }) =>
      stream(signal, (ended) => chat.watchConversations(ended)),
    ),
    list: os.list.handler(({ input }) => chat.list(input.before?.conversationId ?? null, input.limit)),
    watchThread: os.watchThread.handler(({ input, signal }) =>
      stream(signal, (ended) => chat.watchThread(input.conversationId, ended)),
    ),
    earlier: os.earlier.handler(({ input }) => chat.earlier(input.beforeMessageId, input.limit)),
    create: os.create.handler(({ input }) => chat.create(input.title)),
    rename: os.rename.handler(({ input }) => chat.rename(input.conversationId, input.title)),
    pin: os.pin.handler(({ input }) => chat.pin(input.conversationId, input.pinned)),
    remove: os.remove.handler(({ input }) => {
      chat.remove(input.conversationId);
      return {};
    }),
    restore: os.restore.handler(({ input }) => chat.restore(input.conversationId)),
    send: os.send.handler(({ input }) => chat.send(input)),
    stop: os.stop.handler(({ input }) => ({ stopped: chat.stop(input.conversationId) })),
    versions: os.versions.handler(({ input }) => ({ messages: chat.versions(input.messageId) })),
    regenerate: os.regenerate.handler(({ input }) => chat.regenerate(input.messageId, input.modelId)),
    continueReply: os.continueReply.handler(({ input }) => chat.continueReply(input.messageId)),
    edit: os.edit.handler(({ input }) => chat.edit(input)),
    selectVersion: os.selectVersion.handler(({ input }) => {
      chat.selectVersion(input.messageId, input.index);
      return {};
    }),
    removeMessage: os.removeMessage.handler(({ input }) => {
      chat.removeMessage(input.messageId);
      return {};
    }),
    restoreMessage: os.restoreMessage.handler(({ input }) => {
      chat.restoreMessage(input.messageId);
      return {};
    }),
  });
}
