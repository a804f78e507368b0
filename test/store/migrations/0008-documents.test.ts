import { sql } from 'kysely';
import { expect, test } from 'vitest';

import { createStore } from '../../../electron/store/create-store.ts';
import { build } from '../../../electron/store/query-builder.ts';
import { migrateFrom } from './migrate-from.ts';

const conversation = `INSERT INTO conversations (id, title, title_source, created_at, updated_at)
  VALUES ('c', '押金', 'message', 1700000000000, 1700000000000)`;
const question = `INSERT INTO messages (id, conversation_id, parent_id, seq, role, text, state, created_at)
  VALUES ('q', 'c', NULL, 1, 'user', 'How much is it?', 'done', 1700000000000)`;

test('version 8 keeps messages as they are, with no files, and takes files for them', () => {
  const database = migrateFrom(7, [conversation, question]);
  const store = createStore(database);
  expect(store.messages.find('q')).toMatchObject({ text: 'How much is it?' });
  expect(store.messages.find('q')?.documents).toBeUndefined();
  expect(store.documents.list(10)).toEqual([]);
  expect(database.all(sql`PRAGMA foreign_key_check`.compile(build))).toEqual([]);
});

test('version 9 keeps files and forgets one with the last message that was sent with it', () => {
  const database = migrateFrom(8, [
    conversation,
    question,
    `INSERT INTO documents (id, name, sha256, size_bytes, format, report, created_at)
      VALUES ('d', '租房合同.pdf', 'abc', 10, 'pdf', '{}', 1700000000000)`,
    `INSERT INTO passages (document_id, seq, page, heading, text, places)
      VALUES ('d', 0, 1, '', 'The deposit is two rents.', '[]')`,
    `INSERT INTO message_documents (message_id, position, document_id) VALUES ('q', 0, 'd')`,
  ]);
  const { documents } = createStore(database);
  expect(documents.find('d')?.name).toBe('租房合同.pdf');
  expect(documents.passages('d')).toHaveLength(1);
  database.run(sql`DELETE FROM conversations WHERE id = 'c'`.compile(build));
  expect(documents.find('d')).toBeUndefined();
  expect(documents.passages('d')).toEqual([]);
});
