import { expect, onTestFinished, test, vi } from 'vitest';

import type { Documents } from '../../../electron/documents/documents.ts';
import { createDirectClient } from '../../../electron/rpc/direct-client.ts';
import { createRouter } from '../../../electron/rpc/router.ts';
import { createDroppedFoldersStore } from '../../../renderer/documents/folders/folders-store.ts';
import type { DocumentInfo } from '../../../shared/contract/index.ts';
import { createFakeDocuments } from '../../fakes/fake-documents.ts';
import { silentLog } from '../../fakes/silent-log.ts';
import { createServicesUnderTest } from '../../rpc/services-under-test.ts';
import { folderEntry, type FakeTree } from './fake-entries.ts';

function documentOf(name: string): DocumentInfo {
  return {
    id: `id of ${name}`,
    name,
    sizeBytes: 1,
    format: 'text',
    language: null,
    characters: 1,
    pages: 1,
    passages: 1,
    usable: !name.startsWith('empty'),
    readMs: 1,
    createdAt: 1,
    problems: name.startsWith('empty')
      ? [{ code: 'NO_TEXT', severity: 'failed', text: { en: 'It holds no text.', zh: '没有文字。' } }]
      : [],
  };
}

/** Files that begin with `bad` throw, those with `empty` give nothing, and `slow` is read until it is stopped. */
function opened() {
  const reading: string[] = [];
  const removed: string[] = [];
  const add: Documents['add'] = async function* ({ name }, signal) {
    reading.push(name);
    yield { type: 'reading', pagesRead: 0, pagesTotal: 1, characters: 0 };
    if (name.startsWith('bad')) throw new Error('It was damaged.');
    if (name.startsWith('slow')) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    signal.throwIfAborted();
    yield { type: 'done', document: documentOf(name) };
  };
  const documents = { ...createFakeDocuments(), add, remove: (id: string) => void removed.push(id) };
  const services = createServicesUnderTest();
  const collections = new Map<string, string[]>();
  const made = {
    ...services.collections,
    create(name: string) {
      collections.set(name, []);
      return { id: name, name, documents: 0, folder: null };
    },
    addDocuments(id: string, documentIds: readonly string[]) {
      collections.get(id)?.push(...documentIds);
      return { id, name: id, documents: 0, folder: null };
    },
  };
  const router = createRouter({ ...services, documents, collections: made }, silentLog);
  const store = createDroppedFoldersStore(createDirectClient(router, { kind: 'test', id: 'direct' }));
  onTestFinished(() => store.dispose());
  const used: string[] = [];
  const drop = (name: string, tree: FakeTree): void =>
    store.add({ name, entry: folderEntry(name, tree), file: null }, (id) => used.push(id));
  const states = (): string[] => store.getState().folders.map(({ name, state }) => `${name} ${state.kind}`);
  return { store, drop, states, used, reading, removed, collections };
}

test('what is in a folder and below is read into a collection, and one bad file stops no other', async () => {
  const { store, drop, states, used, removed, collections } = opened();
  drop('Papers', { 'a.txt': 1, 'bad.pdf': 1, deep: { deeper: { 'b.txt': 1, 'empty.txt': 1 } }, locked: 'closed' });
  await vi.waitFor(() => expect(states()).toEqual(['Papers done']));
  expect(collections.get('Papers')?.toSorted()).toEqual(['id of a.txt', 'id of b.txt']);
  expect(used).toEqual(['Papers']);
  expect(removed).toEqual(['id of empty.txt']);
  const [folder] = store.getState().folders;
  expect(folder?.added).toBe(2);
  expect(folder?.notAdded.map(({ path, why }) => `${path} ${why.kind}`).toSorted()).toEqual([
    'bad.pdf error',
    'deep/deeper/empty.txt problem',
    'locked closed',
  ]);
});

test('what is passed over in a followed folder is passed over here as well', async () => {
  const { drop, states, reading } = opened();
  drop('Work', {
    'notes.md': 1,
    '.hidden': 1,
    '~$notes.docx': 1,
    'film.mp4': 1,
    node_modules: { 'readme.md': 1 },
    '.git': { config: 1 },
  });
  await vi.waitFor(() => expect(states()).toEqual(['Work done']));
  expect(reading).toEqual(['notes.md']);
});

test('a folder without a readable file makes no collection', async () => {
  const { drop, states, collections, used } = opened();
  drop('Nothing', { 'film.mp4': 1 });
  drop('Broken', { 'bad.txt': 1 });
  await vi.waitFor(() => expect(states()).toEqual(['Nothing done', 'Broken done']));
  expect([...collections.keys(), ...used]).toEqual([]);
});

test('more files than one answer of the browser holds are all read, in few calls', async () => {
  const { drop, states, collections } = opened();
  drop('Many', Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`${index}.txt`, 1])));
  await vi.waitFor(() => expect(states()).toEqual(['Many done']), { timeout: 60_000 });
  expect(new Set(collections.get('Many')).size).toBe(250);
});

test('a folder that is stopped keeps what was read, and the next one is read', async () => {
  const { store, drop, states, collections, reading } = opened();
  drop('First', { 'a.txt': 1, 'slow.txt': 1, 'z.txt': 1 });
  drop('Second', { 'b.txt': 1 });
  await vi.waitFor(() => expect(reading).toEqual(['a.txt', 'slow.txt']));
  store.stop(store.getState().folders[0]?.key ?? '');
  await vi.waitFor(() => expect(states()).toEqual(['First stopped', 'Second done']));
  expect([...collections]).toEqual([
    ['First', ['id of a.txt']],
    ['Second', ['id of b.txt']],
  ]);
  store.dismiss(store.getState().folders[0]?.key ?? '');
  expect(states()).toEqual(['Second done']);
});
