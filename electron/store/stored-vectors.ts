import { sql, type Selectable } from 'kysely';

import { bytesOf, toCoarse } from './coarse-vector.ts';
import type { Database } from './database.ts';
import { build } from './query-builder.ts';
import type { PassagesTable } from './schema.ts';
import { toPassage } from './stored-passages.ts';
import type { VectorStore } from './vector-store.ts';

/** Compared exactly for each one that is wanted, and at least so many: bytes order near ones slightly wrong. */
const exactShare = 8;
const leastExact = 100;
/** See the migration. */
const passageBits = 24;
const mostPassages = 2 ** passageBits;

export function createStoredVectors(database: Database): VectorStore {
  const insertCoarse = database.prepare<[number, Uint8Array]>(
    'INSERT INTO coarse_vectors (place, vector) VALUES (?, ?)',
  );
  const insertExact = database.prepare<[number, Uint8Array]>('INSERT INTO exact_vectors (place, vector) VALUES (?, ?)');

  const stateOf = (documentId: string) =>
    database.first(build.selectFrom('embedded_documents').selectAll().where('document_id', '=', documentId).compile());

  const begin = (documentId: string, model: string): number | undefined => {
    const living = build
      .selectFrom('documents')
      .select('id')
      .where('id', '=', documentId)
      .where('removed_at', 'is', null);
    if (database.first(living.compile()) === undefined) return undefined;
    database.run(build.deleteFrom('embedded_documents').where('document_id', '=', documentId).compile());
    const row = { document_id: documentId, model, passages: 0, complete: 0 };
    database.run(build.insertInto('embedded_documents').values(row).compile());
    return stateOf(documentId)?.number;
  };

  const pendingDocuments = (model: string) =>
    build
      .selectFrom('documents as d')
      .where('d.removed_at', 'is', null)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('embedded_documents as e')
              .select('e.number')
              .whereRef('e.document_id', '=', 'd.id')
              .where('e.model', '=', model)
              .where('e.complete', '=', 1),
          ),
        ),
      );

  return {
    get problem() {
      return database.vectorProblem;
    },

    progress(documentId, model) {
      const state = stateOf(documentId);
      return state?.model === model ? state.passages : 0;
    },

    isComplete(documentId, model) {
      const state = stateOf(documentId);
      return state?.model === model && state.complete === 1;
    },

    pending(model, limit) {
      const query = pendingDocuments(model).select('d.id').orderBy('d.created_at', 'desc').orderBy('d.id').limit(limit);
      return database.all(query.compile()).map(({ id }) => id);
    },

    countPending(model) {
      const query = pendingDocuments(model).select(({ fn }) => fn.countAll<number>().as('count'));
      return database.first(query.compile())?.count ?? 0;
    },

    append(documentId, model, { from, vectors, complete }) {
      if (from + vectors.length > mostPassages) throw new Error(`A document has at most ${mostPassages} passages.`);
      return database.transaction(() => {
        const state = stateOf(documentId);
        const isSame = state?.model === model;
        if ((isSame ? state.passages : 0) !== from) return false;
        const number = isSame ? state.number : begin(documentId, model);
        if (number === undefined) return false;
        for (const [index, vector] of vectors.entries()) {
          const place = number * mostPassages + from + index;
          insertCoarse(place, bytesOf(toCoarse(vector)));
          insertExact(place, bytesOf(vector));
        }
        const change = { passages: from + vectors.length, complete: complete ? 1 : 0 };
        database.run(build.updateTable('embedded_documents').set(change).where('number', '=', number).compile());
        return true;
      });
    },

    nearest(documentIds, model, vector, limit) {
      if (documentIds.length === 0 || limit < 1) return [];
      const roughly = sql<{ place: number }>`SELECT c.place FROM embedded_documents e
        CROSS JOIN coarse_vectors c ON c.place >= e.number << ${sql.lit(passageBits)}
          AND c.place < (e.number + 1) << ${sql.lit(passageBits)}
        WHERE e.document_id IN (${sql.join(documentIds)}) AND e.model = ${model}
        ORDER BY vec_distance_cosine(vec_int8(c.vector), vec_int8(${bytesOf(toCoarse(vector))})) NULLS LAST
        LIMIT ${Math.max(leastExact, limit * exactShare)}`;
      const places = database.all(roughly.compile(build)).map(({ place }) => place);
      if (places.length === 0) return [];
      const exactly = sql<Selectable<PassagesTable> & { distance: number | null }>`
        SELECT p.*, vec_distance_cosine(x.vector, ${bytesOf(vector)}) AS distance FROM exact_vectors x
        JOIN embedded_documents e ON e.number = x.place >> ${sql.lit(passageBits)}
        JOIN documents d ON d.id = e.document_id
        JOIN passages p ON p.document_id = e.document_id AND p.seq = x.place & ${sql.lit(mostPassages - 1)}
        WHERE x.place IN (${sql.join(places)}) AND d.removed_at IS NULL
        ORDER BY distance NULLS LAST, p.document_id, p.seq LIMIT ${limit}`;
      // A text of which a model knows no word has a vector of zeros, which is no distance from anything.
      return database
        .all(exactly.compile(build))
        .flatMap((row) => (row.distance === null ? [] : [{ ...toPassage(row), score: 1 - row.distance }]));
    },

    floor(model) {
      const query = build.selectFrom('embedding_models').select('floor').where('model', '=', model);
      return database.first(query.compile())?.floor;
    },

    setFloor(model, floor) {
      const row = { model, floor };
      const change = build
        .insertInto('embedding_models')
        .values(row)
        .onConflict((on) => on.column('model').doUpdateSet({ floor }));
      database.run(change.compile());
    },
  };
}
