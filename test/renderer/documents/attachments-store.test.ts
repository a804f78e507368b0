import { expect, onTestFinished, test, vi } from 'vitest';

import type { Documents } from '../../../electron/documents/documents.ts';
import { createDirectClient } from '../../../electron/rpc/direct-client.ts';
import { createRouter } from '../../../electron/rpc/router.ts';
import {
  attachmentsOf,
  createAttachmentsStore,
  readyDocumentIds,
} from '../../../renderer/documents/attachments-store.ts';
import type { DocumentInfo } from '../../../shared/contract/index.ts';
import { ClawdbotError } from '../../../shared/errors/clawdbot-error.ts';
import { createFakeDocuments } from '../../fakes/fake-documents.ts';
import { silentLog } from '../../fakes/silent-log.ts';
import { createServicesUnderTest } from '../../rpc/services-under-test.ts';

/** Each file is read when it is released. */
function opened() {
  const waiting = new Map<string, () => void>();
  const add: Documents['add'] = async function* ({ name }, signal) {
    yield { type: 'reading', pagesRead: 1, pagesTotal: 2, characters: 10 };
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.set(name, resolve);
    signal.addEventListener('abort', () => resolve());
    await promise;
    yield { type: 'done', document: documentOf(name) };
  };
  const services = { ...createServicesUnderTest(), documents: { ...createFakeDocuments(), add } };
  const client = createDirectClient(createRouter(services, silentLog), { kind: 'test', id: 'direct' });
  const store = createAttachmentsStore(client);
  onTestFinished(() => store.dispose());
  const states = (): string[] => attachmentsOf(store.getState(), 'c').map(({ name, state }) => `${name} ${state.kind}`);
  return { store, states, release: (name: string) => waiting.get(name)?.() };
}

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
    usable: !name.startsWith('bad'),
    readMs: 1,
    createdAt: 1,
    problems: [],
  };
}

const file = (name: string): File => new File(['text'], name);

test('files are read one after the other, and what waits says so', async () => {
  const { store, states, release } = opened();
  store.add('c', [file('a.txt'), file('b.txt')]);
  await vi.waitFor(() => expect(states()).toEqual(['a.txt reading', 'b.txt waiting']));
  expect(readyDocumentIds(attachmentsOf(store.getState(), 'c'))).toBeNull();
  release('a.txt');
  await vi.waitFor(() => expect(states()).toEqual(['a.txt read', 'b.txt reading']));
  release('b.txt');
  await vi.waitFor(() => expect(states()).toEqual(['a.txt read', 'b.txt read']));
  expect(readyDocumentIds(attachmentsOf(store.getState(), 'c'))).toEqual(['id of a.txt', 'id of b.txt']);
  expect(attachmentsOf(store.getState(), 'elsewhere')).toEqual([]);
});

test('a file that is taken away is not waited for, and one that gave nothing does not go along', async () => {
  const { store, states, release } = opened();
  store.add('c', [file('a.txt'), file('b.txt'), file('bad.txt')]);
  await vi.waitFor(() => expect(states()[0]).toBe('a.txt reading'));
  const [first] = attachmentsOf(store.getState(), 'c');
  store.remove('c', first?.key ?? '');
  await vi.waitFor(() => expect(states()).toEqual(['b.txt reading', 'bad.txt waiting']));
  release('b.txt');
  await vi.waitFor(() => expect(states()).toEqual(['b.txt read', 'bad.txt reading']));
  release('bad.txt');
  await vi.waitFor(() => expect(states()).toEqual(['b.txt read', 'bad.txt read']));
  expect(readyDocumentIds(attachmentsOf(store.getState(), 'c'))).toEqual(['id of b.txt']);
  store.clear('c');
  expect(states()).toEqual([]);
});

test('documents stand where they stood after the page was loaded anew, without those that are gone', async () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const report: Documents['report'] = (documentId) => {
    if (documentId.includes('gone')) throw new ClawdbotError('DOCUMENT_NOT_FOUND', 'Gone.', { documentId });
    return { document: documentOf(documentId.replace('id of ', '')), pages: [] };
  };
  const services = { ...createServicesUnderTest(), documents: { ...createFakeDocuments(), report } };
  const client = createDirectClient(createRouter(services, silentLog), { kind: 'test', id: 'direct' });
  const before = createAttachmentsStore(client, storage);
  before.attach('c', [documentOf('a.txt'), documentOf('gone.txt')]);
  before.attach('c', [documentOf('a.txt')]);
  before.dispose();
  const after = createAttachmentsStore(client, storage);
  onTestFinished(() => after.dispose());
  after.restore('c');
  after.restore('c');
  await vi.waitFor(() => expect(readyDocumentIds(attachmentsOf(after.getState(), 'c'))).toEqual(['id of a.txt']));
  after.clear('c');
  expect([...kept]).toEqual([]);
});

test('a pasted text goes along as a file, and comes back to the letter while it is there', async () => {
  const { store, states, release } = opened();
  const text = ' first\r\n\tsecond 冰 ';
  const key = store.addPasted('c', text, 'Pasted.txt');
  await vi.waitFor(() => expect(states()).toEqual(['Pasted.txt reading']));
  expect(store.takeBack('elsewhere', key)).toBeUndefined();
  expect(store.takeBack('c', key)).toBe(text);
  expect(store.takeBack('c', key)).toBeUndefined();
  expect(states()).toEqual([]);
  const again = store.addPasted('c', text, 'Pasted.txt');
  await vi.waitFor(() => expect(states()).toEqual(['Pasted.txt reading']));
  release('Pasted.txt');
  await vi.waitFor(() => expect(states()).toEqual(['Pasted.txt read']));
  expect(readyDocumentIds(attachmentsOf(store.getState(), 'c'))).toEqual(['id of Pasted.txt']);
  expect(store.takeBack('c', again)).toBe(text);
});
