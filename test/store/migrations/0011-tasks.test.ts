import { sql } from 'kysely';
import { expect, test } from 'vitest';

import { createStore } from '../../../electron/store/create-store.ts';
import { build } from '../../../electron/store/query-builder.ts';
import { migrateFrom } from './migrate-from.ts';

test('version 11 keeps questions and their documents, and learns what is to be done with them', () => {
  const database = migrateFrom(10, [
    `INSERT INTO conversations (id, title, title_source, created_at, updated_at)
      VALUES ('c', '租房合同', 'message', 1700000000000, 1700000000000)`,
    `INSERT INTO messages (id, conversation_id, parent_id, seq, role, text, state, created_at)
      VALUES ('q', 'c', NULL, 1, 'user', 'What does the lease say? 合同', 'done', 1700000000000)`,
    `INSERT INTO documents VALUES ('d', 'lease.pdf', 'ab12', 120, 'pdf', 'en', '{}', 1700000000000, NULL)`,
    `INSERT INTO message_documents VALUES ('q', 0, 'd')`,
  ]);
  const store = createStore(database);
  expect(store.messages.find('q')).toMatchObject({ text: 'What does the lease say? 合同', documents: [{ id: 'd' }] });
  expect(store.messages.find('q')?.task).toBeUndefined();
  store.messages.insert({
    id: 'again',
    conversationId: 'c',
    parentId: null,
    role: 'user',
    text: 'Summary of lease.pdf',
    state: 'done',
    createdAt: 1_700_000_000_001,
    model: null,
    requestId: null,
    task: { kind: 'summary', pages: { from: 2, to: 3 } },
  });
  expect(store.messages.find('again')?.task).toEqual({ kind: 'summary', pages: { from: 2, to: 3 } });
  expect(database.all(sql`PRAGMA foreign_key_check`.compile(build))).toEqual([]);
});

test('what was written about a document goes when the document goes for good', () => {
  const database = migrateFrom(10, [
    `INSERT INTO documents VALUES ('d', 'lease.pdf', 'ab12', 120, 'pdf', 'en', '{}', 1700000000000, NULL)`,
    `INSERT INTO documents VALUES ('e', 'plan.pdf', 'cd34', 120, 'pdf', 'en', '{}', 1700000000000, NULL)`,
  ]);
  const { taskResults } = createStore(database);
  taskResults.keep('one', 'about the lease', ['d'], 1);
  taskResults.keep('both', 'about both', ['d', 'e'], 1);
  taskResults.keep('other', 'about the plan', ['e'], 1);
  taskResults.keep('nothing', 'about a document that is gone', ['gone'], 1);
  taskResults.keep('other', 'about the plan, again', ['e'], 2);
  expect(taskResults.find('both')).toBe('about both');
  database.run(build.deleteFrom('documents').where('id', '=', 'd').compile());
  expect([taskResults.find('one'), taskResults.find('both'), taskResults.find('nothing')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(taskResults.find('other')).toBe('about the plan, again');
});
