import type { Folder } from '../../shared/contract/index.ts';
import type { Database } from './database.ts';
import type { StoredFolders } from './folders.ts';
import { build } from './query-builder.ts';
import { condemned } from './stored-bin.ts';

export function createStoredFolders(database: Database): StoredFolders {
  // Asked for with every conversation that is shown, and few change.
  let known: ReadonlyMap<string, Folder> | undefined;
  let knownOf = database.generation;
  const all = (): ReadonlyMap<string, Folder> => {
    if (knownOf !== database.generation) known = undefined;
    knownOf = database.generation;
    known ??= new Map(
      database
        .all(build.selectFrom('folders').select(['id', 'name', 'collapsed']).where('removed_at', 'is', null).compile())
        .map(({ id, name, collapsed }) => ({ id, name, collapsed: collapsed === 1 }))
        .toSorted((left, right) => left.name.localeCompare(right.name) || left.id.localeCompare(right.id))
        .map((folder) => [folder.id, folder]),
    );
    return known;
  };
  const setRemoved = (folderId: string, removedAt: number | null): boolean => {
    known = undefined;
    const found = build
      .updateTable('folders')
      .set({ removed_at: removedAt })
      .where('id', '=', folderId)
      .where('removed_at', removedAt === null ? '>' : 'is', removedAt === null ? condemned : null);
    return database.run(found.compile()) > 0;
  };

  return {
    all: () => [...all().values()],
    find: (folderId) => all().get(folderId),
    insert({ id, name, collapsed }, atMs) {
      known = undefined;
      const row = { id, name, collapsed: collapsed ? 1 : 0, created_at: atMs, removed_at: null };
      database.run(build.insertInto('folders').values(row).compile());
    },
    update(folderId, { name, collapsed }) {
      known = undefined;
      const change = {
        ...(name === undefined ? {} : { name }),
        ...(collapsed === undefined ? {} : { collapsed: collapsed ? 1 : 0 }),
      };
      database.run(build.updateTable('folders').set(change).where('id', '=', folderId).compile());
    },
    remove: setRemoved,
    restore: (folderId) => setRemoved(folderId, null),
  };
}
