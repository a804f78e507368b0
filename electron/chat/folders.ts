import { folderNameLimitChars } from '../../shared/contract/folders.ts';
import type { Folder } from '../../shared/contract/index.ts';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { Emitter } from '../lib/emitter.ts';
import type { Clock } from '../ports.ts';
import type { Store } from '../store/store.ts';
import type { Announcer } from './announcer.ts';
import type { Folders } from './chat.ts';
import { parseName } from './parse-name.ts';
import type { Reader } from './reader.ts';
import { createWatchedValue } from './watched-value.ts';

interface Services {
  readonly store: Store;
  readonly reader: Reader;
  readonly announcer: Announcer;
  readonly clock: Clock;
  readonly binClock: Clock;
  readonly newId: () => string;
  /** The database holds something else. */
  readonly refreshed: Emitter<void>;
}

export function createFolders({ store, reader, announcer, clock, binClock, newId, refreshed }: Services): Folders {
  const list = createWatchedValue(() => [...store.folders.all()]);
  refreshed.listen(() => list.changed());

  const change = (folderId: string, fields: Partial<Omit<Folder, 'id'>>): Folder => {
    requireFolder(store, folderId);
    store.folders.update(folderId, fields);
    list.changed();
    return requireFolder(store, folderId);
  };

  return {
    watch: (signal) => list.watch(undefined, signal),
    create(name) {
      const folder = { id: newId(), name: parseName('name', name, folderNameLimitChars), collapsed: false };
      store.folders.insert(folder, clock.now());
      list.changed();
      return folder;
    },
    rename: (folderId, name) => change(folderId, { name: parseName('name', name, folderNameLimitChars) }),
    collapse: (folderId, collapsed) => change(folderId, { collapsed }),
    remove(folderId) {
      if (!store.folders.remove(folderId, binClock.now())) throw folderNotFound(folderId);
      list.changed();
    },
    restore(folderId) {
      // Not an error when it is there: two windows may both offer to undo.
      store.folders.restore(folderId);
      const folder = requireFolder(store, folderId);
      list.changed();
      return folder;
    },
    move(conversationId, folderId) {
      reader.record(conversationId);
      if (folderId !== null) requireFolder(store, folderId);
      store.conversations.update(conversationId, { folderId });
      announcer.conversation(conversationId);
      return reader.conversation(reader.record(conversationId));
    },
  };
}

/** @throws FOLDER_NOT_FOUND, also for a removed one */
export function requireFolder(store: Store, folderId: string): Folder {
  const folder = store.folders.find(folderId);
  if (folder === undefined) throw folderNotFound(folderId);
  return folder;
}

function folderNotFound(folderId: string): ClawdbotError {
  return new ClawdbotError('FOLDER_NOT_FOUND', 'This folder does not exist any more. Choose another one.', {
    folderId,
  });
}
