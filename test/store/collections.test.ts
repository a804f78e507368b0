import { describe, expect, test } from 'vitest';

import { termsOf } from '../../electron/documents/terms.ts';
import type { DocumentListRequest } from '../../electron/store/collections.ts';
import { createStore } from '../../electron/store/create-store.ts';
import { openTempDatabase } from './temp-database.ts';

function opened() {
  const store = createStore(openTempDatabase());
  store.collections.insert({ id: 'flat', name: 'Flat' }, 1);
  store.collections.insert({ id: 'work', name: 'Work' }, 1);
  const add = (id: string, change: { name?: string; sizeBytes?: number; createdAt?: number } = {}): void =>
    store.documents.insert({
      id,
      name: `${id}.txt`,
      sha256: `${id}-hash`,
      sizeBytes: 10,
      format: 'text',
      language: 'en',
      report: '{}',
      createdAt: 1,
      ...change,
      passages: [{ page: 1, heading: '', text: `About ${id}`, places: '[]', words: termsOf(`about ${id}`) }],
    });
  return { ...store, add };
}

const everything: DocumentListRequest = {
  collectionId: 'flat',
  query: '',
  sort: 'name',
  descending: false,
  offset: 0,
  limit: 100,
};

describe('collections in the store', () => {
  test('keep documents that no message has', () => {
    const { collections, documents, add } = opened();
    add('kept');
    add('unsent');
    collections.add('flat', ['kept', 'unknown'], 1);
    expect(documents.purgeUnsent(1000)).toBe(1);
    expect(documents.find('kept')).toBeDefined();
    expect(documents.find('unsent')).toBeUndefined();
  });

  test('hold documents in the bin that are taken out of the last one, and bring them back when they are put in again', () => {
    const { collections, documents, add } = opened();
    add('lease');
    collections.add('flat', ['lease'], 1);
    collections.add('work', ['lease'], 1);
    collections.take('flat', ['lease'], 5000);
    expect(documents.find('lease')).toBeDefined();
    collections.take('work', ['lease'], 5000);
    expect(documents.find('lease')).toBeUndefined();
    expect(documents.purge(5000)).toBe(0);
    collections.add('flat', ['lease'], 6000);
    expect(documents.find('lease')).toBeDefined();
    expect(collections.find('flat')).toMatchObject({ documents: 1 });
  });

  test('come back with their documents, and take them along when they go for good', () => {
    const { collections, documents, bin, add } = opened();
    for (const id of ['one', 'two', 'shared']) add(id);
    collections.add('flat', ['one', 'two', 'shared'], 1);
    collections.add('work', ['shared'], 1);
    expect(collections.remove('flat', 5000)).toBe(true);
    expect(collections.remove('flat', 5000)).toBe(false);
    expect(collections.all().map(({ name }) => name)).toEqual(['Work']);
    expect(bin.condemnOlder(5000)).toBe(0);
    expect(collections.sweep()).toBe(0);
    expect(collections.restore('flat')).toBe(true);
    expect(collections.find('flat')).toEqual({ id: 'flat', name: 'Flat', documents: 3 });
    collections.remove('flat', 5000);
    expect(bin.condemnOlder(5001)).toBe(1);
    expect(collections.restore('work')).toBe(false);
    // Out of reach from this moment on, though its rows are still there.
    expect(collections.restore('flat')).toBe(false);
    for (let rows = 1; rows > 0;) rows = collections.sweep();
    expect(['one', 'two', 'shared'].filter((id) => documents.find(id) !== undefined)).toEqual(['shared']);
    expect(collections.restore('flat')).toBe(false);
  });

  test('are listed by name, size and age, a stretch at a time, and searched by name', () => {
    const { collections, documents, add } = opened();
    add('b', { name: 'Budget.xlsx', sizeBytes: 30, createdAt: 1 });
    add('a', { name: 'annual report.pdf', sizeBytes: 10, createdAt: 3 });
    add('c', { name: '合同.docx', sizeBytes: 20, createdAt: 2 });
    add('elsewhere', { name: 'Budget old.xlsx' });
    collections.add('flat', ['a', 'b', 'c'], 1);
    const ids = (change: Partial<DocumentListRequest> = {}) =>
      collections.page({ ...everything, ...change }).documents.map(({ document }) => document.id);
    expect(ids()).toEqual(['a', 'b', 'c']);
    expect(ids({ sort: 'size' })).toEqual(['a', 'c', 'b']);
    expect(ids({ sort: 'added', descending: true })).toEqual(['a', 'c', 'b']);
    expect(ids({ offset: 1, limit: 1 })).toEqual(['b']);
    expect(collections.page({ ...everything, limit: 1 }).total).toBe(3);
    expect(ids({ query: 'budget' })).toEqual(['b']);
    expect(ids({ query: '合' })).toEqual(['c']);
    expect(ids({ collectionId: null, query: 'budget' })).toEqual(['elsewhere', 'b']);
    documents.remove('b', 2000);
    expect(ids()).toEqual(['a', 'c']);
    expect(collections.find('flat')).toMatchObject({ documents: 2 });
  });

  test('are searched like documents that are named', () => {
    const { collections, documents, add } = opened();
    for (const id of ['tides', 'moss', 'rivers']) add(id);
    collections.add('flat', ['tides', 'moss'], 1);
    const found = (words: string[], own: string[], inside: string[]) =>
      documents.search(own, words, 10, inside).map(({ documentId }) => documentId);
    expect(found(['tides', 'rivers'], [], ['flat'])).toEqual(['tides']);
    expect(found(['tides', 'rivers'], ['rivers'], ['flat']).toSorted()).toEqual(['rivers', 'tides']);
    expect(found(['tides'], [], ['work'])).toEqual([]);
    expect(documents.inCollections(['flat', 'work'], 10).toSorted()).toEqual(['moss', 'tides']);
  });
});

describe('documents that are given another name', () => {
  test('are found by it', () => {
    const { documents, add } = opened();
    add('lease', { name: 'scan0001.txt' });
    documents.rename('lease', 'Rent.txt', [termsOf('Rent.txt about lease')]);
    expect(documents.find('lease')?.name).toBe('Rent.txt');
    expect(documents.search(['lease'], ['rent'], 5)).toHaveLength(1);
    expect(documents.search(['lease'], ['lease'], 5)).toHaveLength(1);
  });
});
