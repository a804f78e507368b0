import { describe, expect, test } from 'vitest';

import { eachPassage } from '../../electron/documents/plan-passages.ts';
import { passagesPerStep, writePassages } from '../../electron/documents/write-passages.ts';
import type { DocumentStore, NewPassage } from '../../electron/store/document-store.ts';
import { createStoredDocuments } from '../../electron/store/stored-documents.ts';
import type { DocumentPage } from '../../shared/model/documents/extracted-document.ts';
import { openTempDatabase } from '../store/temp-database.ts';

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

function* many(count: number, onTaken: () => void = () => {}): Generator<NewPassage> {
  for (let at = 0; at < count; at += 1) {
    onTaken();
    yield { page: 1, heading: '', text: `row ${at}`, places: '[]', words: ['row', String(at)] };
  }
}

/** Counts how often the process was free for something else. */
function watchTurns(): Disposable & { readonly turns: number } {
  let turns = 0;
  let running = true;
  const next = (): void => {
    turns += 1;
    if (running) setImmediate(next);
  };
  setImmediate(next);
  return {
    get turns() {
      return turns;
    },
    [Symbol.dispose]() {
      running = false;
    },
  };
}

const reportFor = (passages: number): string => JSON.stringify({ passages });
const never = new AbortController().signal;

describe('writing the passages of a large document', () => {
  test('lets others have their turn after every hundred, also while they are being made', async () => {
    const written: number[] = [];
    const inner = createStoredDocuments(openTempDatabase());
    const store: DocumentStore = {
      ...inner,
      append(documentId, from, passages) {
        // What a hundred thousand take is a hundred times the same; SQLite has its tests with fewer.
        if (from < 1000) inner.append(documentId, from, passages);
        written.push(passages.length);
      },
    };
    using watch = watchTurns();
    const takenPerTurn = new Map<number, number>();
    const passages = many(100_000, () => takenPerTurn.set(watch.turns, (takenPerTurn.get(watch.turns) ?? 0) + 1));
    await writePassages(store, { record, passages, reportFor, signal: never });
    expect(written.reduce((sum, count) => sum + count, 0)).toBe(100_000);
    expect(Math.max(...written)).toBe(passagesPerStep);
    expect(Math.max(...takenPerTurn.values())).toBeLessThanOrEqual(2 * passagesPerStep);
    expect(store.find('d')?.report).toBe('{"passages":100000}');
  });

  test('shows nothing of it in between', async () => {
    const store = createStoredDocuments(openTempDatabase());
    const seen: unknown[] = [];
    const passages = many(450, () => seen.push(store.find('d'), ...store.search(['d'], ['row'], 1)));
    await writePassages(store, { record, passages, reportFor, signal: never });
    expect(new Set(seen)).toEqual(new Set([undefined]));
    expect(store.passages('d')).toHaveLength(450);
    expect(store.search(['d'], ['449'], 5).map(({ seq }) => seq)).toEqual([449]);
  });

  test('leaves nothing when it is stopped in the middle', async () => {
    const store = createStoredDocuments(openTempDatabase());
    const stop = new AbortController();
    let taken = 0;
    const passages = many(1000, () => {
      taken += 1;
      if (taken === 350) stop.abort(new Error('enough'));
    });
    await expect(writePassages(store, { record, passages, reportFor, signal: stop.signal })).rejects.toThrow('enough');
    expect(store.unfinished()).toEqual([]);
    expect(store.passages('d')).toEqual([]);
    expect(taken).toBeLessThanOrEqual(400);
  });

  test('makes the passages of one endless table as they are asked for', () => {
    const rows = Array.from({ length: 300_000 }, (_, index) => ['Rent', String(index)]);
    const page: DocumentPage = {
      number: 1,
      unit: 'sheet',
      blocks: [{ kind: 'table', header: ['What', 'Number'], rows }],
      characters: 0,
      pictures: 0,
    };
    const passages = eachPassage([page]);
    const first = passages.next();
    expect(first.value).toMatchObject({ page: 1 });
    let count = 1;
    for (const { text } of passages) {
      count += 1;
      if (!text.startsWith('| What | Number |\n| --- | --- |\n')) throw new Error(`No header: ${text.slice(0, 40)}`);
    }
    expect(count).toBeGreaterThan(3000);
  });
});
