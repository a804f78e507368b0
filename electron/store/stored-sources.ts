import { sql, type Selectable } from 'kysely';

import { answerSourceSchema } from '../../shared/contract/sources.ts';
import type { GivenSource, StoredSources } from './answer-sources.ts';
import type { Database } from './database.ts';
import { build } from './query-builder.ts';
import type { AnswerSourcesTable } from './schema.ts';

const headingSeparator = '\n';

export function createStoredSources(database: Database): StoredSources {
  return {
    give(messageId, { kind, list }) {
      database.transaction(() => {
        database.run(build.deleteFrom('answer_readings').where('message_id', '=', messageId).compile());
        const row = { message_id: messageId, kind, given: list.length, marks: null };
        database.run(build.insertInto('answer_readings').values(row).compile());
        const insert = database.prepare<[string, number, string, string, number, number, string, string]>(
          `INSERT INTO answer_sources (message_id, number, document_id, document_name, seq, page, unit, heading)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        );
        for (const { number, documentId, documentName, seq, page, unit, headings } of list) {
          const heading = headings.join(headingSeparator);
          insert(messageId, number, documentId, documentName, seq, page, unit, heading);
        }
      });
    },

    of(messageId) {
      const reading = database.first(
        build.selectFrom('answer_readings').select('kind').where('message_id', '=', messageId).compile(),
      );
      if (reading === undefined) return undefined;
      const sources = build.selectFrom('answer_sources').selectAll().where('message_id', '=', messageId);
      return { kind: reading.kind, list: database.all(sources.orderBy('number').compile()).map(toSource) };
    },

    mark(messageId, { shown, marks }) {
      database.transaction(() => {
        const change = { marks: JSON.stringify(marks) };
        database.run(build.updateTable('answer_readings').set(change).where('message_id', '=', messageId).compile());
        database.run(
          sql`UPDATE answer_sources SET shown = number IN (SELECT value FROM json_each(${JSON.stringify(shown)}))
            WHERE message_id = ${messageId}`.compile(build),
        );
      });
    },

    unmarked(limit) {
      const query = sql<{ id: string }>`SELECT m.id FROM answer_readings r CROSS JOIN messages m ON m.id = r.message_id
        WHERE r.marks IS NULL AND m.state <> 'running' LIMIT ${limit}`;
      return database.all(query.compile(build)).map(({ id }) => id);
    },
  };
}

function toSource(row: Selectable<AnswerSourcesTable>): GivenSource {
  return {
    number: row.number,
    documentId: row.document_id,
    documentName: row.document_name,
    seq: row.seq,
    page: row.page,
    unit: answerSourceSchema.shape.unit.catch('part').parse(row.unit),
    headings: splitHeadings(row.heading),
  };
}

export function splitHeadings(heading: string): string[] {
  return heading === '' ? [] : heading.split(headingSeparator);
}
