import { describe, expect, test } from 'vitest';

import { askedTerms, termsOf } from '../../electron/documents/terms.ts';
import type { DocumentRecord, DocumentStore, NewPassage } from '../../electron/store/document-store.ts';
import { createStore } from '../../electron/store/create-store.ts';
import { createStoredDocuments } from '../../electron/store/stored-documents.ts';
import { openTempDatabase } from './temp-database.ts';

const lease = aDocument('lease', 'lease.pdf');
const leasePassages = [
  aPassage('The tenant pays a deposit of 1,250 euros before moving in.', 1),
  aPassage('Keeping dogs is allowed; cats need the consent of the landlord.', 2),
  aPassage('租客须在每月五日前支付房租，共2400元。', 3),
];

function opened(): { documents: DocumentStore; store: ReturnType<typeof createStore> } {
  const database = openTempDatabase();
  return { documents: createStoredDocuments(database), store: createStore(database) };
}

describe('documents in the store', () => {
  test('are found by any of the words, whatever their English ending', () => {
    const { documents } = opened();
    documents.insert({ ...lease, passages: leasePassages });
    const found = documents.search(['lease'], askedTerms('Are tenants allowed to keep a dog?'), 5);
    expect(found.map(({ seq }) => seq)).toEqual([1, 0]);
    expect(found[0]?.score).toBeGreaterThan(found[1]?.score ?? 0);
  });

  test('are found by Chinese words and by numbers written in another way', () => {
    const { documents } = opened();
    documents.insert({ ...lease, passages: leasePassages });
    expect(documents.search(['lease'], askedTerms('房租是多少？'), 1).map(({ page }) => page)).toEqual([3]);
    expect(documents.search(['lease'], askedTerms('1250'), 1).map(({ page }) => page)).toEqual([1]);
  });

  test('are only looked for among those that were asked about', () => {
    const { documents } = opened();
    documents.insert({ ...lease, passages: leasePassages });
    documents.insert({ ...aDocument('other', 'other.txt'), passages: leasePassages });
    expect(documents.search(['other'], ['deposit'], 5).map(({ documentId }) => documentId)).toEqual(['other']);
    expect(documents.search([], ['deposit'], 5)).toEqual([]);
    expect(documents.search(['lease'], [], 5)).toEqual([]);
  });

  test('take words with signs of the search language as words', () => {
    const { documents } = opened();
    documents.insert({ ...lease, passages: leasePassages });
    expect(documents.search(['lease'], ['"deposit" OR NOT *', 'NEAR(', 'deposit'], 5)).toHaveLength(1);
  });

  test('leave nothing behind in the index when they are purged, and can be brought back before', () => {
    const { documents } = opened();
    documents.insert({ ...lease, passages: leasePassages });
    expect(documents.remove('lease', 1000)).toBe(true);
    expect(documents.remove('lease', 1000)).toBe(false);
    expect(documents.search(['lease'], ['deposit'], 5)).toEqual([]);
    expect(documents.findContent(lease.sha256, lease.name)).toBeUndefined();
    expect(documents.restore('lease')).toBe(true);
    expect(documents.search(['lease'], ['deposit'], 5)).toHaveLength(1);
    documents.remove('lease', 1000);
    expect(documents.purge(1000)).toBe(0);
    expect(documents.purge(1001)).toBe(1);
    documents.insert({ ...lease, passages: [aPassage('Nothing of it.', 1)] });
    expect(documents.search(['lease'], ['deposit'], 5)).toEqual([]);
  });

  test('belong to the messages they were sent with', () => {
    const { documents, store } = opened();
    documents.insert({ ...lease, passages: leasePassages });
    documents.insert({ ...aDocument('bill', 'bill.txt'), passages: [] });
    const conversation = {
      id: 'c',
      title: '',
      titleSource: 'none',
      createdAt: 1,
      updatedAt: 1,
      pinned: false,
    } as const;
    store.transaction(() => {
      store.conversations.insert({ ...conversation, headId: null, modelId: null });
      for (const id of ['m1', 'm2']) {
        store.messages.insert({
          id,
          conversationId: 'c',
          parentId: null,
          role: 'user',
          text: 'Look',
          state: 'done',
          createdAt: 1,
          model: null,
          requestId: null,
        });
      }
    });
    documents.attach('m1', ['bill', 'lease']);
    documents.attach('m2', ['lease']);
    expect(documents.ofConversation('c')).toEqual([
      { messageId: 'm1', documentId: 'bill' },
      { messageId: 'm1', documentId: 'lease' },
      { messageId: 'm2', documentId: 'lease' },
    ]);
    expect(store.messages.find('m1')?.documents).toEqual([
      { id: 'bill', name: 'bill.txt' },
      { id: 'lease', name: 'lease.pdf' },
    ]);
    documents.remove('bill', 1);
    expect(documents.ofConversation('c')).toHaveLength(2);
  });
});

function aDocument(id: string, name: string): DocumentRecord {
  return { id, name, sha256: `${id}-hash`, sizeBytes: 10, format: 'text', language: 'en', report: '{}', createdAt: 1 };
}

function aPassage(text: string, page: number): NewPassage {
  return { page, heading: '', text, places: '[]', words: termsOf(text) };
}
