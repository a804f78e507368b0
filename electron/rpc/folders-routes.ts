import type { Folders } from '../chat/chat.ts';
import type { Implementer } from './implementer.ts';
import { stream } from './stream.ts';

export function foldersRoutes(os: Implementer['folders'], folders: Folders) {
  return os.router({
    watch: os.watch.handler(({ signal }) => stream(signal, (ended) => folders.watch(ended))),
    create: os.create.handler(({ input }) => folders.create(input.name)),
    rename: os.rename.handler(({ input }) => folders.rename(input.folderId, input.name)),
    collapse: os.collapse.handler(({ input }) => folders.collapse(input.folderId, input.collapsed)),
    remove: os.remove.handler(({ input }) => {
      folders.remove(input.folderId);
      return {};
    }),
    restore: os.restore.handler(({ input }) => folders.restore(input.folderId)),
    move: os.move.handler(({ input }) => folders.move(input.conversationId, input.folderId)),
  });
}
