import path from 'node:path';
import { describe, expect, test } from 'vitest';

import { createStoredDocuments } from '../../electron/store/stored-documents.ts';
import type { NewPassage } from '../../electron/store/document-store.ts';
import { startScript } from './child-script.ts';
import { openTempDatabase, testKey } from './temp-database.ts';
import { tempFolder } from './temp-folder.ts';

const record = {
  id: 'd',
  name: 'ledger.csv',
  sha256: 'abc',
  sizeBytes: 1,
  format: 'csv',
  language: null,
  report: '{}',
  createdAt: 5,
};
const passages = (from: number, count: number): NewPassage[] =>
  Array.from({ length: count }, (_, index) => ({
    page: 1,
    heading: '',
    text: `row ${from + index}`,
    places: '[]',
    words: ['row', String(from + index)],
  }));

describe('a document that is written in steps', () => {
  test('is there for nobody until it is finished', () => {
    const documents = createStoredDocuments(openTempDatabase());
    documents.begin(record);
    documents.append('d', 0, passages(0, 3));
    documents.append('d', 3, passages(3, 2));
    expect(documents.find('d')).toBeUndefined();
    expect(documents.list(5)).toEqual([]);
    expect(documents.findContent('abc', 'ledger.csv')).toBeUndefined();
    expect(documents.search(['d'], ['row'], 5)).toEqual([]);
    expect(documents.restore('d')).toBe(false);
    expect(documents.unfinished()).toEqual(['d']);
    documents.finish('d', '{"whole":true}');
    expect(documents.find('d')).toEqual({ ...record, report: '{"whole":true}' });
    expect(documents.passages('d').map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4]);
    expect(documents.search(['d'], ['4'], 5).map(({ seq }) => seq)).toEqual([4]);
    expect(documents.unfinished()).toEqual([]);
  });

  test('is discarded in steps too, with everything it is found by', () => {
    const documents = createStoredDocuments(openTempDatabase());
    documents.begin(record);
    documents.append('d', 0, passages(0, 5));
    expect([documents.discard('d', 2), documents.discard('d', 2), documents.discard('d', 2)]).toEqual([
      false,
      false,
      true,
    ]);
    expect(documents.unfinished()).toEqual([]);
    documents.insert({ ...record, passages: passages(10, 1) });
    expect(documents.search(['d'], ['row'], 5).map(({ text }) => text)).toEqual(['row 10']);
  });

  test('leaves nothing but what can be discarded when the process is killed in the middle', async () => {
    const file = path.join(tempFolder(), 'clawdbot.db');
    const child = startScript(`
      import { openDatabase } from './electron/store/database.ts';
      import { createStoredDocuments } from './electron/store/stored-documents.ts';
      const log = { debug() {}, info() {}, warn() {}, error() {} };
      const database = openDatabase({ path: ${JSON.stringify(file)}, key: new Uint8Array(${JSON.stringify([...testKey])}), log });
      const documents = createStoredDocuments(database);
      documents.begin(${JSON.stringify(record)});
      for (let from = 0; ; from += 50) {
        const step = Array.from({ length: 50 }, (_, at) =>
          ({ page: 1, heading: '', text: 'row ' + (from + at), places: '[]', words: ['row', String(from + at)] }));
        documents.append('d', from, step);
        console.log('at ' + from);
        await new Promise((resolve) => setImmediate(resolve));
      }
    `);
    await child.line((line) => line === 'at 200');
    await child.kill();
    const documents = createStoredDocuments(openTempDatabase({ path: file }));
    expect(documents.list(5)).toEqual([]);
    expect(documents.passages('d').length % 50).toBe(0);
    expect(documents.passages('d').length).toBeGreaterThanOrEqual(250);
    expect(documents.unfinished()).toEqual(['d']);
    while (!documents.discard('d', 100));
    expect(documents.unfinished()).toEqual([]);
    expect(documents.passages('d')).toEqual([]);
  });
});
