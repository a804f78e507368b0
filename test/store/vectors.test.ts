import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';

import { toCoarse } from '../../electron/store/coarse-vector.ts';
import { createStore } from '../../electron/store/create-store.ts';
import type { Database } from '../../electron/store/database.ts';
import { build } from '../../electron/store/query-builder.ts';
import type { Store } from '../../electron/store/store.ts';
import { outsideArchive } from '../../electron/store/vector-extension.ts';
import { openTempDatabase } from './temp-database.ts';

const width = 32;

function opened(database = openTempDatabase()): Store & { readonly database: Database } {
  return { ...createStore(database), database };
}

function insert({ documents }: Store, id: string, passages: number, createdAt = 1): void {
  documents.insert({
    id,
    name: `${id}.txt`,
    sha256: id,
    sizeBytes: 1,
    format: 'text',
    language: 'en',
    report: '{}',
    createdAt,
    passages: Array.from({ length: passages }, (_, seq) => ({
      page: 1,
      heading: '',
      text: `${id} ${seq}`,
      places: '[]',
      words: [id],
    })),
  });
}

/** The same for the same number; any two are far from each other. */
function vectorOf(number: number): Float32Array {
  let state = number * 2654435761 + 1;
  const vector = Float32Array.from({ length: width }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

const cosine = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

describe('vectors in the store', () => {
  test('find the passages nearest to a vector, exactly in the order of their cosines', () => {
    const store = opened();
    insert(store, 'a', 300);
    insert(store, 'b', 200);
    const all = Array.from({ length: 500 }, (_, index) => vectorOf(index));
    expect(store.vectors.append('a', 'm', { from: 0, vectors: all.slice(0, 300), complete: true })).toBe(true);
    expect(store.vectors.append('b', 'm', { from: 0, vectors: all.slice(300), complete: true })).toBe(true);
    for (let round = 0; round < 20; round += 1) {
      const asked = vectorOf(1000 + round);
      const found = store.vectors.nearest(['a', 'b'], 'm', asked, 10);
      const expected = all
        .map((vector, index) => ({
          score: cosine(vector, asked),
          text: index < 300 ? `a ${index}` : `b ${index - 300}`,
        }))
        .toSorted((left, right) => right.score - left.score)
        .slice(0, 10);
      expect(found.map(({ text }) => text)).toEqual(expected.map(({ text }) => text));
      for (const [at, { score }] of found.entries()) expect(score).toBeCloseTo(expected[at]?.score ?? 0, 5);
    }
  });

  test('are only compared among the documents and the model that were asked about', () => {
    const store = opened();
    for (const id of ['a', 'b', 'c']) {
      insert(store, id, 2);
      store.vectors.append(id, id === 'c' ? 'other' : 'm', {
        from: 0,
        vectors: [vectorOf(1), vectorOf(2)],
        complete: true,
      });
    }
    const found = store.vectors.nearest(['a', 'c'], 'm', vectorOf(1), 5);
    expect(found.map(({ documentId, seq }) => [documentId, seq])).toEqual([
      ['a', 0],
      ['a', 1],
    ]);
    expect(store.vectors.nearest([], 'm', vectorOf(1), 5)).toEqual([]);
    store.documents.remove('a', 5);
    expect(store.vectors.nearest(['a'], 'm', vectorOf(1), 5)).toEqual([]);
  });

  test('come in steps that follow each other, and go on where they ended', () => {
    const store = opened();
    insert(store, 'a', 4);
    const step = (from: number, complete: boolean) => ({
      from,
      vectors: [vectorOf(from), vectorOf(from + 1)],
      complete,
    });
    expect(store.vectors.append('a', 'm', step(2, true))).toBe(false);
    expect(store.vectors.append('a', 'm', step(0, false))).toBe(true);
    expect(store.vectors.append('a', 'm', step(0, false))).toBe(false);
    expect(store.vectors.progress('a', 'm')).toBe(2);
    expect(store.vectors.pending('m', 5)).toEqual(['a']);
    expect(store.vectors.append('a', 'm', step(2, true))).toBe(true);
    expect(store.vectors.pending('m', 5)).toEqual([]);
    expect(store.vectors.countPending('m')).toBe(0);
  });

  test('of another model take the place of the old ones', () => {
    const store = opened();
    insert(store, 'a', 2);
    store.vectors.append('a', 'old', { from: 0, vectors: [vectorOf(1), vectorOf(2)], complete: true });
    expect(store.vectors.pending('new', 5)).toEqual(['a']);
    expect(store.vectors.progress('a', 'new')).toBe(0);
    expect(store.vectors.append('a', 'new', { from: 0, vectors: [vectorOf(3)], complete: false })).toBe(true);
    expect(store.vectors.nearest(['a'], 'old', vectorOf(1), 5)).toEqual([]);
    expect(store.vectors.nearest(['a'], 'new', vectorOf(3), 5).map(({ seq }) => seq)).toEqual([0]);
    expect(countOf(store.database, 'coarse_vectors')).toBe(1);
  });

  test('wait for the newest documents first, and not for those in the bin', () => {
    const store = opened();
    insert(store, 'older', 1, 10);
    insert(store, 'newer', 1, 20);
    insert(store, 'binned', 1, 30);
    store.documents.remove('binned', 40);
    expect(store.vectors.pending('m', 5)).toEqual(['newer', 'older']);
    expect(store.vectors.countPending('m')).toBe(2);
    expect(store.vectors.append('binned', 'm', { from: 0, vectors: [vectorOf(1)], complete: true })).toBe(false);
  });

  test('are forgotten with their document, and with no other', () => {
    const store = opened();
    for (const id of ['a', 'b']) {
      insert(store, id, 2);
      store.vectors.append(id, 'm', { from: 0, vectors: [vectorOf(1), vectorOf(2)], complete: true });
    }
    store.documents.remove('a', 1);
    store.documents.purge(2);
    expect(countOf(store.database, 'coarse_vectors')).toBe(2);
    expect(countOf(store.database, 'exact_vectors')).toBe(2);
    expect(store.vectors.nearest(['b'], 'm', vectorOf(2), 1).map(({ seq }) => seq)).toEqual([1]);
  });

  test('remember how near unrelated texts are to a model', () => {
    const { vectors } = opened();
    expect(vectors.floor('m')).toBeUndefined();
    vectors.setFloor('m', 0.5);
    vectors.setFloor('m', 0.25);
    expect(vectors.floor('m')).toBe(0.25);
  });

  test('cannot be compared where the library is missing, and documents can still be written and deleted', () => {
    const store = opened(openTempDatabase({ vectorLibrary: '/nowhere/vec0.so' }));
    expect(store.vectors.problem).toMatch(/vec0/);
    insert(store, 'a', 1);
    store.vectors.append('a', 'm', { from: 0, vectors: [vectorOf(1)], complete: true });
    store.documents.remove('a', 1);
    expect(store.documents.purge(2)).toBe(1);
    expect(countOf(store.database, 'coarse_vectors')).toBe(0);
  });

  test('are compared by a library that lies beside the archive of the app', () => {
    expect(opened().vectors.problem).toBeNull();
    expect(outsideArchive('/A/Resources/app.asar/node_modules/x/vec0.dylib')).toBe(
      '/A/Resources/app.asar.unpacked/node_modules/x/vec0.dylib',
    );
    expect(outsideArchive('/home/app.asar-notes/vec0.so')).toBe('/home/app.asar-notes/vec0.so');
  });

  test('lose little when they are made coarse', () => {
    const numbers = fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: width, maxLength: width });
    fc.assert(
      fc.property(numbers, (values) => {
        const vector = Float32Array.from(values);
        fc.pre(Math.hypot(...vector) > 1e-3);
        const coarse = Float32Array.from(toCoarse(vector));
        const near = cosine(vector, coarse) / (Math.hypot(...vector) * Math.hypot(...coarse));
        expect(near).toBeGreaterThan(0.999);
      }),
    );
    expect([...toCoarse(new Float32Array(3))]).toEqual([0, 0, 0]);
  });
});

function countOf(database: Database, table: 'coarse_vectors' | 'exact_vectors'): number {
  return database.all(sql`SELECT 1 FROM ${sql.table(table)}`.compile(build)).length;
}
