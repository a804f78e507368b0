import { sql } from 'kysely';
import { expect, test } from 'vitest';

import { createStore } from '../../../electron/store/create-store.ts';
import { build } from '../../../electron/store/query-builder.ts';
import { migrateFrom } from './migrate-from.ts';

test('version 7 keeps conversations as they are: in no folder, with nothing set', () => {
  const database = migrateFrom(6, [
    `INSERT INTO conversations (id, title, title_source, created_at, updated_at, pinned, model_id)
      VALUES ('c', '潮汐 and tides', 'person', 1700000000000, 1700000000001, 1, 'qwen')`,
    `INSERT INTO conversations (id, title, title_source, created_at, updated_at, removed_at)
      VALUES ('gone', 'Gone', 'message', 1700000000000, 1700000000001, 1700000000002)`,
  ]);
  const store = createStore(database);
  const before = store.conversations.find('c');
  expect(before).toMatchObject({ title: '潮汐 and tides', titleSource: 'person', pinned: true, folderId: null });
  expect(store.setups.find('c')).toBeUndefined();
  store.folders.insert({ id: 'f', name: 'Sea', collapsed: false }, 1);
  store.conversations.update('c', { folderId: 'f' });
  expect(store.conversations.inFolder('f', 10).map(({ id }) => id)).toEqual(['c']);
  expect(database.all(sql`PRAGMA foreign_key_check`.compile(build))).toEqual([]);
});
