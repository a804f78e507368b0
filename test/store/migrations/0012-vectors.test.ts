import { sql } from 'kysely';
import { expect, test } from 'vitest';

import { createStore } from '../../../electron/store/create-store.ts';
import { build } from '../../../electron/store/query-builder.ts';
import { migrateFrom } from './migrate-from.ts';

test('version 12 keeps documents, which wait for vectors from then on', () => {
  const database = migrateFrom(11, [
    `INSERT INTO documents (id, name, sha256, size_bytes, format, report, created_at)
      VALUES ('d', '租房合同.pdf', 'abc', 10, 'pdf', '{}', 1700000000000)`,
    `INSERT INTO documents (id, name, sha256, size_bytes, format, report, created_at, removed_at)
      VALUES ('gone', 'old.pdf', 'abd', 10, 'pdf', '{}', 1600000000000, 1650000000000)`,
    `INSERT INTO passages (document_id, seq, page, heading, text, places)
      VALUES ('d', 0, 1, '', 'The deposit is two rents.', '[]')`,
  ]);
  const { documents, vectors } = createStore(database);
  expect(documents.find('d')?.name).toBe('租房合同.pdf');
  expect(documents.passages('d')).toHaveLength(1);
  expect(documents.unfinished()).toEqual([]);
  expect(vectors.pending('some model', 10)).toEqual(['d']);
  expect(documents.restore('gone')).toBe(true);
  expect(vectors.pending('some model', 10)).toEqual(['d', 'gone']);
  expect(database.all(sql`PRAGMA foreign_key_check`.compile(build))).toEqual([]);
});
