import { expect, test } from 'vitest';

import { createStore } from '../../../electron/store/create-store.ts';
import { migrateFrom } from './migrate-from.ts';

test('the index of file names keeps files, and finds those that were there before by their names', () => {
  const documents = ['租房合同.pdf', 'Lease 2024.pdf', 'Removed lease.pdf'];
  const database = migrateFrom(13, [
    `INSERT INTO conversations (id, title, title_source, created_at, updated_at)
      VALUES ('c', '押金', 'message', 1700000000000, 1700000000000)`,
    `INSERT INTO messages (id, conversation_id, parent_id, seq, role, text, state, created_at)
      VALUES ('q', 'c', NULL, 1, 'user', 'How much is it?', 'done', 1700000000000)`,
    ...documents.flatMap((name, index) => [
      `INSERT INTO documents (id, name, sha256, size_bytes, format, report, created_at, removed_at)
        VALUES ('d${index}', '${name}', 'abc', 10, 'pdf', '{}', 1700000000000, ${index === 2 ? 5 : 'NULL'})`,
      `INSERT INTO message_documents (message_id, position, document_id) VALUES ('q', ${index}, 'd${index}')`,
    ]),
  ]);
  const { search, documents: stored } = createStore(database);
  expect(stored.list(10)).toHaveLength(2);
  expect(search.files(['合同'], 5)).toMatchObject([{ fileName: '租房合同.pdf', message: { id: 'q' } }]);
  expect(search.files(['lease'], 5).map(({ fileName }) => fileName)).toEqual(['Lease 2024.pdf']);
});
