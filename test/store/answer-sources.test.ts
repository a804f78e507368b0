import { sql } from 'kysely';
import { expect, test } from 'vitest';

import type { GivenSource } from '../../electron/store/answer-sources.ts';
import { createStore } from '../../electron/store/create-store.ts';
import { build } from '../../electron/store/query-builder.ts';
import { openTempDatabase } from './temp-database.ts';

function opened() {
  const database = openTempDatabase();
  const store = createStore(database);
  const conversation = { id: 'c', title: '', titleSource: 'none', createdAt: 1, updatedAt: 1, pinned: false } as const;
  store.conversations.insert({ ...conversation, headId: null, modelId: null });
  const message = { conversationId: 'c', text: '', createdAt: 1, model: null, requestId: null } as const;
  store.messages.insert({ ...message, id: 'q', parentId: null, role: 'user', state: 'done' });
  store.messages.insert({ ...message, id: 'a', parentId: 'q', role: 'assistant', state: 'running' });
  const passages = ['one', 'two', 'three'].map((text) => ({ page: 1, heading: '', text, places: '[]', words: [text] }));
  const document = { id: 'd', name: 'lease.pdf', sha256: '1', sizeBytes: 1, format: 'pdf', language: 'en' };
  store.documents.insert({ ...document, report: '{}', createdAt: 1, passages });
  store.documents.attach('q', ['d']);
  return { database, store };
}

const given: readonly GivenSource[] = [1, 2, 3].map((number) => ({
  number,
  documentId: 'd',
  documentName: 'lease.pdf',
  seq: number - 1,
  page: number,
  unit: 'page',
  headings: ['Rent', 'Deposit'],
}));

test('an answer tells all it was given while it is written, and afterwards what it rests on', () => {
  const { store } = opened();
  store.sources.give('a', { kind: 'whole', list: given });
  expect(store.messages.find('a')?.sources?.list.map(({ number }) => number)).toEqual([1, 2, 3]);
  expect(store.sources.unmarked(10)).toEqual([]);
  store.journal.finish('a', { state: 'done', error: null, stats: null });
  expect(store.sources.unmarked(10)).toEqual(['a']);

  const marks = [{ type: 'supported', start: 0, end: 4, number: 2 }] as const;
  store.sources.mark('a', { shown: [2], marks });
  expect(store.sources.unmarked(10)).toEqual([]);
  expect(store.messages.find('a')?.sources).toEqual({
    kind: 'whole',
    given: 3,
    list: [{ ...given[1], deleted: false }],
    marks,
  });
  expect(store.sources.of('a')).toEqual({ kind: 'whole', list: given });
});

test('an answer that is given something else forgets what came of the first', () => {
  const { store } = opened();
  store.sources.give('a', { kind: 'whole', list: given });
  store.sources.mark('a', { shown: [1], marks: [] });
  store.sources.give('a', { kind: 'nothing', list: [] });
  expect(store.messages.find('a')?.sources).toEqual({ kind: 'nothing', given: 0, list: [], marks: null });
});

test('a source says that its document was deleted, is back, and was deleted for good', () => {
  const { store } = opened();
  store.sources.give('a', { kind: 'found', list: given });
  const deleted = () => store.messages.find('a')?.sources?.list.map((source) => source.deleted);
  store.documents.remove('d', 5);
  expect(deleted()).toEqual([true, true, true]);
  store.documents.restore('d');
  expect(deleted()).toEqual([false, false, false]);
  store.documents.remove('d', 5);
  store.documents.purge(6);
  expect(store.documents.passages('d')).toEqual([]);
  expect(store.messages.find('a')?.sources?.list).toMatchObject([
    { documentName: 'lease.pdf', page: 1, deleted: true },
    {},
    {},
  ]);
});

test('what an answer was given is gone with the answer', () => {
  const { database, store } = opened();
  store.sources.give('a', { kind: 'found', list: given });
  database.run(sql`DELETE FROM conversations WHERE id = 'c'`.compile(build));
  expect(store.sources.of('a')).toBeUndefined();
  expect(database.all(sql`SELECT * FROM answer_sources`.compile(build))).toEqual([]);
});
