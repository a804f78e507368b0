import { sql } from 'kysely';
import { expect, test } from 'vitest';

import { createStore } from '../../../electron/store/create-store.ts';
import { build } from '../../../electron/store/query-builder.ts';
import { migrateFrom } from './migrate-from.ts';

test('version 6 finds what was stored before it, and follows what changes afterwards', () => {
  const database = migrateFrom(5, [
    `INSERT INTO conversations (id, title, title_source, created_at, updated_at)
      VALUES ('c', '潮汐 and tides', 'message', 1700000000000, 1700000000000)`,
    `INSERT INTO messages (id, conversation_id, parent_id, seq, role, text, state, created_at)
      VALUES ('q', 'c', NULL, 1, 'user', 'Why is there a tide?', 'done', 1700000000000)`,
    `INSERT INTO messages (id, conversation_id, parent_id, seq, role, text, state, created_at, model_id, model_name)
      VALUES ('a', 'c', 'q', 2, 'assistant', '因为月亮的引力。', 'done', 1700000000001, 'm', 'M')`,
    `INSERT INTO messages (id, conversation_id, parent_id, seq, role, text, state, created_at, model_id, model_name)
      VALUES ('empty', 'c', 'q', 3, 'assistant', '', 'failed', 1700000000002, 'm', 'M')`,
  ]);
  const store = createStore(database);
  const find = (...words: string[]): string[] =>
    store.search.messages({ words, limit: 9 }).found.map(({ message }) => message.id);

  expect(find('tide')).toEqual(['q']);
  expect(find('引力')).toEqual(['a']);
  expect(find('月')).toEqual(['a']);
  expect(store.search.titles(['潮'], 9)).toHaveLength(1);

  database.run(sql`UPDATE messages SET text = 'Ebb 退潮' WHERE id IN ('q', 'empty')`.compile(build));
  expect(find('tide')).toEqual([]);
  expect(find('退潮')).toEqual(['empty', 'q']);
  database.run(sql`UPDATE messages SET text = '' WHERE id = 'q'`.compile(build));
  database.run(sql`DELETE FROM messages WHERE id = 'empty'`.compile(build));
  expect(find('退潮')).toEqual([]);
  expect(find('eb')).toEqual([]);
  for (const index of ['messages_text', 'messages_short', 'conversations_text', 'conversations_short']) {
    database.run(sql.raw(`INSERT INTO ${index} (${index}) VALUES ('integrity-check')`).compile(build));
  }
});
