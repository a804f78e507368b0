import { sql } from 'kysely';
import { expect, test } from 'vitest';

import { createStore } from '../../../electron/store/create-store.ts';
import { build } from '../../../electron/store/query-builder.ts';
import { migrateFrom } from './migrate-from.ts';

test('version 5 keeps replies as they are, and learns what was running', () => {
  const database = migrateFrom(4, [
    `INSERT INTO conversations (id, title, title_source, created_at, updated_at)
      VALUES ('c', '潮汐', 'message', 1700000000000, 1700000000000)`,
    `INSERT INTO messages (id, conversation_id, parent_id, seq, role, text, state, created_at)
      VALUES ('q', 'c', NULL, 1, 'user', 'Why is there a tide?', 'done', 1700000000000)`,
    `INSERT INTO messages (id, conversation_id, parent_id, seq, role, text, state, created_at, model_id, model_name)
      VALUES ('cut', 'c', 'q', 2, 'assistant', 'The moon', 'interrupted', 1700000000001, 'm', 'M')`,
    `INSERT INTO messages (id, conversation_id, parent_id, seq, role, text, state, created_at, model_id, model_name)
      VALUES ('running', 'c', 'q', 3, 'assistant', '', 'running', 1700000000002, 'm', 'M')`,
    `INSERT INTO message_journal (message_id, seq, text) VALUES ('running', 0, 'Because 月')`,
  ]);
  const store = createStore(database);
  store.journal.recover();
  expect(store.messages.find('cut')).toMatchObject({ state: 'interrupted', text: 'The moon' });
  expect(store.messages.find('cut')?.interruptedIn).toBeUndefined();
  expect(store.messages.find('running')).toMatchObject({
    state: 'interrupted',
    text: 'Because 月',
    interruptedIn: { phase: 'starting' },
  });
  expect(database.all(sql`PRAGMA foreign_key_check`.compile(build))).toEqual([]);
});
