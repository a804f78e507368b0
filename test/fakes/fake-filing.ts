import { randomUUID } from 'node:crypto';

import type { Folders, Presets, Setups } from '../../electron/chat/chat.ts';
import { createWatchedValue } from '../../electron/chat/watched-value.ts';
import type { Conversation, Folder, Preset } from '../../shared/contract/index.ts';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { emptySetup, type ConversationSetup } from '../../shared/model/turn-setup.ts';

interface Kept<T> {
  readonly item: T;
  readonly removed: boolean;
}

/** Items in memory, by name. */
function createShelf<T extends { readonly id: string; readonly name: string }>(missing: (id: string) => ClawdbotError) {
  const kept = new Map<string, Kept<T>>();
  const all = (): T[] =>
    [...kept.values()]
      .flatMap(({ item, removed }) => (removed ? [] : [item]))
      .toSorted((left, right) => left.name.localeCompare(right.name));
  const watched = createWatchedValue(all);
  const put = (item: T, removed: boolean): T => {
    kept.set(item.id, { item, removed });
    watched.changed();
    return item;
  };
  const find = (id: string): T => {
    const found = kept.get(id);
    if (found === undefined || found.removed) throw missing(id);
    return found.item;
  };
  return {
    watch: (signal: AbortSignal) => watched.watch(undefined, signal),
    put: (item: T) => put(item, false),
    find,
    remove: (id: string) => void put(find(id), true),
    restore(id: string): T {
      const found = kept.get(id);
      if (found === undefined) throw missing(id);
      return put(found.item, false);
    },
  };
}

export function createFakeFolders(
  move: (conversationId: string, folderId: string | undefined) => Conversation,
): Folders {
  const shelf = createShelf<Folder>(
    (folderId) => new ClawdbotError('FOLDER_NOT_FOUND', 'This folder is gone.', { folderId }),
  );
  return {
    watch: shelf.watch,
    create: (name) => shelf.put({ id: randomUUID(), name, collapsed: false }),
    rename: (folderId, name) => shelf.put({ ...shelf.find(folderId), name }),
    collapse: (folderId, collapsed) => shelf.put({ ...shelf.find(folderId), collapsed }),
    remove: shelf.remove,
    restore: shelf.restore,
    move(conversationId, folderId) {
      if (folderId !== null) shelf.find(folderId);
      return move(conversationId, folderId ?? undefined);
    },
  };
}

export function createFakePresets(): Presets {
  const shelf = createShelf<Preset>(
    (presetId) => new ClawdbotError('PRESET_NOT_FOUND', 'This role is gone.', { presetId }),
  );
  return {
    watch: shelf.watch,
    create: (name, setup) => shelf.put({ id: randomUUID(), name, setup }),
    update: (presetId, name, setup) => shelf.put({ ...shelf.find(presetId), name, setup }),
    remove: shelf.remove,
    restore: shelf.restore,
  };
}

export function createFakeSetups(): Setups {
  const setups = new Map<string, ConversationSetup>();
  const watched = createWatchedValue((conversationId: string) => setups.get(conversationId) ?? emptySetup);
  return {
    watch: (conversationId, signal) => watched.watch(conversationId, signal),
    set(conversationId, setup) {
      setups.set(conversationId, setup);
      watched.changed(conversationId);
      return setup;
    },
  };
}
