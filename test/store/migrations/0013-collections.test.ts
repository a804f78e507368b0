import { sql } from 'kysely';
import { expect, test } from 'vitest';

import { createStore } from '../../../electron/store/create-store.ts';
import { build } from '../../../electron/store/query-builder.ts';
import { migrateFrom } from './migrate-from.ts';

test('version 13 keeps documents where they are, and takes them into collections that keep them', () => {
  const database = migrateFrom(12, [
    `INSERT INTO conversations (id, title, title_source, created_at, updated_at)
      VALUES ('c', '押金', 'message', 1700000000000, 1700000000000)`,
    `INSERT INTO messages (id, conversation_id, parent_id, seq, role, text, state, created_at)
      VALUES ('q', 'c', NULL, 1, 'user', 'How much is it?', 'done', 1700000000000)`,
    ...['kept', 'forgotten'].flatMap((id, position) => [
      `INSERT INTO documents (id, name, sha256, size_bytes, format, report, created_at)
        VALUES ('${id}', '租房合同.pdf', '${id}', 10, 'pdf', '{}', 1700000000000)`,
      `INSERT INTO passages (document_id, seq, page, heading, text, places)
        VALUES ('${id}', 0, 1, '', 'The deposit is two rents.', '[]')`,
      `INSERT INTO message_documents (message_id, position, document_id) VALUES ('q', ${position}, '${id}')`,
    ]),
  ]);
  const { collections, documents } = createStore(database);
  expect(collections.all()).toEqual([]);
  expect(documents.ofConversation('c')).toHaveLength(2);
  collections.insert({ id: 'k', name: 'Flat' }, 1);
  collections.add('k', ['kept'], 1);
  database.run(sql`DELETE FROM conversations WHERE id = 'c'`.compile(build));
  expect(documents.find('kept')?.name).toBe('租房合同.pdf');
  expect(documents.passages('kept')).toHaveLength(1);
  expect(documents.find('forgotten')).toBeUndefined();
  expect(database.all(sql`PRAGMA foreign_key_check`.compile(build))).toEqual([]);
});
