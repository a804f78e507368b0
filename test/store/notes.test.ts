import { expect, test } from 'vitest';

import { sql } from 'kysely';
import { build } from '../../electron/store/query-builder.ts';
import { createStoredNotes } from '../../electron/store/stored-notes.ts';
import { openTempDatabase } from './temp-database.ts';

test('a note is read as it was written last, and an unreadable one is none', () => {
  const database = openTempDatabase();
  const notes = createStoredNotes(database);
  expect(notes.read('a')).toBeUndefined();
  notes.write('a', { crashes: [1, 2] });
  notes.write('b', null);
  notes.write('a', { crashes: [3] });
  expect(notes.read('a')).toEqual({ crashes: [3] });
  expect(notes.read('b')).toBeNull();
  database.run(sql`UPDATE notes SET value = '{' WHERE name = 'a'`.compile(build));
  expect(notes.read('a')).toBeUndefined();
});
