import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

import { estimateTokens } from '../../shared/model/estimate-tokens.ts';
import { createDocuments } from '../../electron/documents/create-documents.ts';
import type { Documents } from '../../electron/documents/documents.ts';
import { createStoredDocuments } from '../../electron/store/stored-documents.ts';
import type { DocumentEvent, DocumentInfo } from '../../shared/contract/index.ts';
import { createFakeExtractor } from '../fakes/fake-extractor.ts';
import { openTempDatabase } from '../store/temp-database.ts';
import { tempFolder } from '../store/temp-folder.ts';

const lease = `# Deposit

The tenant pays a deposit of 1,250 euros before moving in.

# Pets

Keeping dogs is allowed. Cats need the consent of the landlord.\f# Rent

The rent is 840 euros a month, due on the third working day.`;

function underTest(): {
  documents: Documents;
  extractor: ReturnType<typeof createFakeExtractor>;
  write: (name: string, text: string) => { path: string; name: string };
} {
  const extractor = createFakeExtractor();
  const folder = tempFolder();
  const documents = createDocuments({
    store: createStoredDocuments(openTempDatabase()),
    extractor,
    estimateTokens,
    clock: { now: () => Date.now() },
  });
  return {
    documents,
    extractor,
    write(name, text) {
      const file = path.join(folder, name);
      writeFileSync(file, text);
      return { path: file, name };
    },
  };
}

async function added(documents: Documents, file: { path: string; name: string }): Promise<DocumentInfo> {
  const events: DocumentEvent[] = [];
  for await (const event of documents.add(file, AbortSignal.timeout(20_000))) events.push(event);
  const last = events.at(-1);
  if (last?.type !== 'done') throw new Error(`It ended with ${last?.type ?? 'nothing'}.`);
  return last.document;
}

describe('documents', () => {
  test('tell how the reading goes and what came of it', async () => {
    const { documents, write } = underTest();
    const events: DocumentEvent[] = [];
    for await (const event of documents.add(write('lease.txt', lease), AbortSignal.timeout(20_000))) events.push(event);
    expect(events.map(({ type }) => type)).toEqual(['reading', 'indexing', 'done']);
    const [document] = documents.list(10);
    expect(document).toMatchObject({ name: 'lease.txt', pages: 2, passages: 3, usable: true, problems: [] });
    const { pages } = documents.report(document?.id ?? '');
    expect(pages.map(({ number, characters }) => [number, characters > 20])).toEqual([
      [1, true],
      [2, true],
    ]);
  });

  test('are not read twice, unless something was missing', async () => {
    const { documents, extractor, write } = underTest();
    const first = await added(documents, write('lease.txt', lease));
    expect(await added(documents, write('lease.txt', lease))).toEqual(first);
    expect(extractor.asked).toHaveLength(1);
    const cut = write('cut.txt', 'Half of it. %cut');
    await added(documents, cut);
    await added(documents, cut);
    expect(extractor.asked).toHaveLength(3);
  });

  test('keep nothing when the reading is stopped', async () => {
    const { documents, extractor, write } = underTest();
    const release = extractor.hold();
    const abort = new AbortController();
    const reading = (async () => {
      for await (const event of documents.add(write('lease.txt', lease), abort.signal)) {
        if (event.type === 'reading') abort.abort();
      }
    })();
    await reading;
    release();
    expect(documents.list(10)).toEqual([]);
    expect(await added(documents, write('lease.txt', lease))).toMatchObject({ usable: true });
  });

  test('say what is wrong with a file in both languages, and offer nothing to ask', async () => {
    const { documents, write } = underTest();
    const document = await added(documents, write('bad.pdf', '%damaged'));
    expect(document.usable).toBe(false);
    expect(document.problems).toMatchObject([{ code: 'CORRUPT', severity: 'failed' }]);
    expect(document.problems[0]?.text.en).toContain('damaged');
    expect(document.problems[0]?.text.zh).toContain('损坏');
  });

  test('are given whole when they are small', async () => {
    const { documents, write } = underTest();
    const { id } = await added(documents, write('lease.txt', lease));
    const chosen = documents.choose({ documentIds: [id], question: 'Hello', before: '', budgetTokens: 2000 });
    expect(chosen.kind).toBe('whole');
    expect(chosen.passages.map(({ page, headings }) => [page, headings[0]])).toEqual([
      [1, 'Deposit'],
      [1, 'Pets'],
      [2, 'Rent'],
    ]);
  });

  test('give what fits the question when they are large', async () => {
    const { documents, write } = underTest();
    const filler = Array.from({ length: 300 }, (_, index) => `# Part ${index}\n\nThe ${index}th part says nothing.`);
    const { id } = await added(documents, write('long.txt', [...filler, lease, ...filler].join('\n\n')));
    const ask = (question: string, before = ''): string[] =>
      documents.choose({ documentIds: [id], question, before, budgetTokens: 400 }).passages.map(({ text }) => text);
    expect(ask('How much is the deposit?').join(' ')).toContain('1,250 euros');
    expect(ask('May I have a dog?').join(' ')).toContain('Keeping dogs');
    expect(ask('And when?', 'How much is the rent?').join(' ')).toContain('third working day');
    expect(documents.choose({ documentIds: [id], question: 'zyzzyva', before: '', budgetTokens: 400 })).toEqual({
      kind: 'nothing',
      passages: [],
    });
  });

  test('are gone when they are deleted, and come back', async () => {
    const { documents, write } = underTest();
    const { id } = await added(documents, write('lease.txt', lease));
    documents.remove(id);
    const gone = { documentIds: [id], question: 'deposit', before: '', budgetTokens: 2000 };
    expect(documents.choose(gone).passages).toEqual([]);
    expect(() => documents.report(id)).toThrow(expect.objectContaining({ code: 'DOCUMENT_NOT_FOUND' }));
    expect(documents.restore(id)).toMatchObject({ id, usable: true });
    expect(documents.choose(gone).passages).toHaveLength(3);
  });
});
