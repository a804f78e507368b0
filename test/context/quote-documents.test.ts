import { describe, expect, test } from 'vitest';

import { quoteDocuments, type DocumentQuestion } from '../../electron/context/quote-documents.ts';
import type { PassageSelection } from '../../electron/documents/documents.ts';
import type { PassageInfo } from '../../shared/contract/index.ts';

const asked: DocumentQuestion = {
  links: [
    { messageId: 'm1', documentId: 'lease' },
    { messageId: 'elsewhere', documentId: 'other' },
  ],
  collectionIds: [],
  among: new Set(['m1']),
  question: 'How much is the deposit?',
  before: '',
  budgetTokens: 1000,
  plainReader: false,
  givenBefore: [],
};

function quoted(selection: PassageSelection, change: Partial<DocumentQuestion> = {}) {
  const choose = ({ documentIds }: { documentIds: readonly string[] }): PassageSelection => {
    expect(documentIds).toEqual(['lease']);
    return selection;
  };
  return quoteDocuments(choose, { ...asked, ...change });
}

function passage(text: string, change: Partial<PassageInfo> = {}): PassageInfo {
  return {
    documentId: 'lease',
    documentName: 'lease.pdf',
    seq: 0,
    page: 3,
    unit: 'page',
    headings: ['Costs'],
    text,
    ...change,
  };
}

describe('what a model reads of documents', () => {
  test('is nothing when the branch brought none', () => {
    expect(quoted({ kind: 'nothing', passages: [] }, { among: new Set(['m2']) })).toBeUndefined();
  });

  test('stands in front of the conversation when it is the whole, with each title once', () => {
    const passages = [
      passage('Two rents.'),
      passage('By the first.', { seq: 1 }),
      passage('None.', { seq: 2, page: 4, headings: ['Pets'] }),
    ];
    const quote = quoted({ kind: 'whole', passages });
    expect(quote?.place).toBe('front');
    expect(quote?.text).toContain(
      '--- lease.pdf ---\n(page 3)\nCosts\n[1] Two rents.\n[2] By the first.\n\n(page 4)\nPets\n[3] None.',
    );
  });

  test('are numbered passages in front of the question when the whole is too long', () => {
    const quote = quoted({ kind: 'found', passages: [passage('Two rents.'), passage('None.', { seq: 1, page: 4 })] });
    expect(quote?.place).toBe('question');
    expect(quote?.text).toContain('[1] lease.pdf, page 3, Costs\nTwo rents.');
    expect(quote?.text).toContain('[2] lease.pdf, page 4, Costs\nNone.');
  });

  test('says so when nothing fits, in the language of the question', () => {
    expect(quoted({ kind: 'nothing', passages: [] })?.text).toContain('Nothing');
    expect(quoted({ kind: 'nothing', passages: [] }, { question: '押金多少？' })?.text).toContain('没有找到');
  });

  test('is a few bare sentences for a very small model', () => {
    const long = Array.from({ length: 60 }, (_, index) => `Part ${index} is of no importance.`).join(' ');
    const passages = [passage(long), passage('The deposit is two rents.', { seq: 1, headings: [] })];
    const quote = quoted({ kind: 'found', passages }, { plainReader: true });
    expect(quote?.text.length).toBeLessThan(160);
    expect(quote?.text).toContain('The deposit is two rents.');
    expect(quote?.sources.list.map(({ number, seq }) => [number, seq])).toContainEqual([2, 1]);
    expect(quoted({ kind: 'whole', passages: passages.slice(1) }, { plainReader: true })?.text).toBe(
      'The deposit is two rents.',
    );
  });

  test('keeps the numbers that an answer has named already, and what it was given under them', () => {
    const one = passage('Two rents.');
    const two = passage('None.', { seq: 1 });
    const three = passage('By the first.', { seq: 2 });
    const before = quoted({ kind: 'found', passages: [one, two] })?.sources.list ?? [];
    const quote = quoted({ kind: 'found', passages: [two, three] }, { givenBefore: before });
    expect(quote?.text).toContain('[2] lease.pdf, page 3, Costs\nNone.');
    expect(quote?.text).toContain('[3] lease.pdf, page 3, Costs\nBy the first.');
    expect(quote?.sources.list.map(({ number, seq }) => [number, seq])).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
    ]);
    expect(quoted({ kind: 'nothing', passages: [] })?.sources).toEqual({ kind: 'nothing', list: [] });
  });
});
