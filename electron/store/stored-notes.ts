import { tryJson } from '../lib/try-json.ts';
import type { Database } from './database.ts';
import { build } from './query-builder.ts';
import type { Notes } from './store.ts';

export function createStoredNotes(database: Database): Notes {
  return {
    read(name) {
      const row = database.first(build.selectFrom('notes').select('value').where('name', '=', name).compile());
      return row && tryJson(row.value);
    },
    write(name, value) {
      const row = { name, value: JSON.stringify(value) };
      const change = build
        .insertInto('notes')
        .values(row)
        .onConflict((on) => on.column('name').doUpdateSet(row));
      database.run(change.compile());
    },
  };
}
