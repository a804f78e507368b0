import { sql } from 'kysely';
import { expect, test } from 'vitest';

import type { GivenSource } from '../../../electron/store/answer-sources.ts';
import { createStore } from '../../../electron/store/create-store.ts';
import { build } from '../../../electron/store/query-builder.ts';
import { migrateFrom } from './migrate-from.ts';

test('version 10 keeps answers and files as they are, and takes what an answer was given to read', () => {
  const database = migrateFrom(9, [
    `INSERT INTO conversations (id, title, title_source, created_at, updated_at)
      VALUES ('c', '押金', 'message', 1700000000000, 1700000000000)`,
    `INSERT INTO messages (id, conversation_id, parent_id, seq, role, text, state, created_at)
      VALUES ('q', 'c', NULL, 1, 'user', '押金是多少？', 'done', 1700000000000),
        ('a', 'c', 'q', 2, 'assistant', '押金是 2400 元。', 'done', 1700000000001)`,
    `INSERT INTO documents (id, name, sha256, size_bytes, format, report, created_at)
      VALUES ('d', '租房合同.pdf', 'abc', 10, 'pdf', '{}', 1700000000000)`,
    `INSERT INTO passages (document_id, seq, page, heading, text, places)
      VALUES ('d', 0, 3, '', '押金为 2400 元。', '[]')`,
    `INSERT INTO message_documents (message_id, position, document_id) VALUES ('q', 0, 'd')`,
  ]);
  const store = createStore(database);
  expect(store.messages.find('a')).toMatchObject({ text: '押金是 2400 元。' });
  expect(store.messages.find('a')?.sources).toBeUndefined();
  expect(store.sources.unmarked(10)).toEqual([]);

  const source: Omit<GivenSource, 'number'> = {
    documentId: 'd',
    documentName: '租房合同.pdf',
    seq: 0,
    page: 3,
    unit: 'page',
    headings: [],
  };
  store.sources.give('a', { kind: 'found', list: [{ number: 1, ...source }] });
  expect(store.messages.find('a')?.sources).toEqual({
    kind: 'found',
    given: 1,
    list: [{ number: 1, ...source, deleted: false }],
    marks: null,
  });
  expect(database.all(sql`PRAGMA foreign_key_check`.compile(build))).toEqual([]);
});
