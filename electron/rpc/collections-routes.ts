import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { Collections } from '../collections/collections.ts';
import type { Implementer } from './implementer.ts';
import { stream } from './stream.ts';

export function collectionsRoutes(os: Implementer['collections'], collections: Collections) {
  return os.router({
    watch: os.watch.handler(({ signal }) => stream(signal, (ended) => collections.watch(ended))),
    create: os.create.handler(({ input }) => collections.create(input.name)),
    follow: os.follow.handler(({ input, context }) => {
      if (context.caller.sameMachine !== true) throw otherMachine(input.path);
      return collections.follow(input.path);
    }),
    rename: os.rename.handler(({ input }) => collections.rename(input.collectionId, input.name)),
    remove: os.remove.handler(({ input }) => {
      collections.remove(input.collectionId);
      return {};
    }),
    restore: os.restore.handler(({ input }) => collections.restore(input.collectionId)),
    addDocuments: os.addDocuments.handler(({ input }) =>
      collections.addDocuments(input.collectionId, input.documentIds),
    ),
    removeDocuments: os.removeDocuments.handler(({ input }) =>
      collections.removeDocuments(input.collectionId, input.documentIds),
    ),
    documents: os.documents.handler(({ input }) => collections.documents(input)),
    problems: os.problems.handler(({ input }) => ({
      problems: collections.problems(input.collectionId, input.after, input.limit),
    })),
    pause: os.pause.handler(({ input }) => collections.pause(input.collectionId, input.paused)),
    rescan: os.rescan.handler(({ input }) => collections.rescan(input.collectionId)),
  });
}

/** Whoever is let in from elsewhere may use what is there, but not choose what of this machine is read. */
function otherMachine(path: string): ClawdbotError {
  return new ClawdbotError(
    'FOLDER_UNUSABLE',
    'Folders can only be chosen on the machine that Clawdbot runs on. Open it there, or drop the files here instead.',
    { path, reason: 'folders can only be chosen on the machine that Clawdbot runs on' },
  );
}
