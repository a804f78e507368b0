import { sql } from 'kysely';

import type { Database } from './database.ts';
import { build } from './query-builder.ts';
import type { TaskResults } from './store.ts';

export function createStoredTaskResults(database: Database): TaskResults {
  return {
    find: (key) =>
      database.first(build.selectFrom('task_results').select('text').where('key', '=', key).compile())?.text,

    keep(key, text, documentIds, atMs) {
      database.transaction(() => {
        const there = database.all(
          build
            .selectFrom('documents')
            .select('id')
            .where('id', 'in', [...documentIds])
            .compile(),
        );
        if (there.length < documentIds.length) return;
        const row = { key, text, made_at: Math.floor(atMs) };
        database.run(
          build
            .insertInto('task_results')
            .values(row)
            .onConflict((on) => on.column('key').doUpdateSet({ text, made_at: row.made_at }))
            .compile(),
        );
        for (const { id } of there) {
          database.run(
            sql`INSERT INTO task_result_documents (key, document_id) VALUES (${key}, ${id}) ON CONFLICT DO NOTHING`.compile(
              build,
            ),
          );
        }
      });
    },
  };
}
