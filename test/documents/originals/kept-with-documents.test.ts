import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

import { estimateTokens } from '../../../shared/model/estimate-tokens.ts';
import { createDicomFiles } from '../../../electron/documents/create-dicom-files.ts';
import { createDocumentReader } from '../../../electron/documents/create-document-reader.ts';
import { createDocuments } from '../../../electron/documents/create-documents.ts';
import { createOriginals, originalLimitBytes } from '../../../electron/documents/originals/create-originals.ts';
import { createStoredDocuments } from '../../../electron/store/stored-documents.ts';
import type { DocumentInfo } from '../../../shared/contract/index.ts';
import { createFakeExtractor } from '../../fakes/fake-extractor.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { openTempDatabase } from '../../store/temp-database.ts';
import { tempFolder } from '../../store/temp-folder.ts';

function underTest() {
  const place = tempFolder();
  const folder = path.join(place, 'originals');
  const log = createRecordingLog();
  const store = createStoredDocuments(openTempDatabase());
  const originals = createOriginals({ folder, databaseKey: randomBytes(32), log });
  const extractor = createFakeExtractor();
  const documents = createDocuments({ store, extractor, originals, estimateTokens, clock: { now: () => 1_000 } });
  return {
    folder,
    log,
    store,
    originals,
    documents,
    extractor,
    reader: createDocumentReader({
      store,
      originals,
      originalLimitBytes,
      dicomFiles: createDicomFiles({ store, originals, extractor, databaseKey: randomBytes(32) }),
    }),
    sweep: () => originals.sweep(store.contents()),
    kept: () => (existsSync(folder) ? readdirSync(folder) : []),
    async add(name: string, text: string): Promise<DocumentInfo> {
      const file = path.join(place, name);
      writeFileSync(file, text);
      for await (const event of documents.add({ path: file, name }, AbortSignal.timeout(30_000))) {
        if (event.type === 'done') return event.document;
      }
      throw new Error('Nothing came of the file.');
    },
  };
}

const lease = '%PDF-1.7\n\nThe deposit is 1,250 euros.';

test('a document that is shown as it looks has its original, one that is shown as text has none', async () => {
  const { add, kept, reader } = underTest();
  const note = await add('note.txt', 'The gate code is 4711.');
  expect(kept()).toEqual([]);
  expect(await reader.open(note.id)).toMatchObject({ shown: 'text', original: 'unneeded' });
  const pdf = await add('lease.pdf', lease);
  expect(kept()).toHaveLength(1);
  expect(await reader.open(pdf.id)).toMatchObject({ shown: 'pdf', mediaType: 'application/pdf', original: 'kept' });
  expect(Buffer.from(await reader.piece(pdf.id, 9, 8)).toString()).toBe('\nThe dep');
});

test('the last document with a content takes the original along, when it is gone for good', async () => {
  const { add, documents, kept, store, sweep } = underTest();
  const first = await add('lease.pdf', lease);
  const second = await add('copy.pdf', lease);
  expect(kept()).toHaveLength(1);
  documents.remove(first.id);
  sweep();
  // It can still be restored.
  expect(kept()).toHaveLength(1);
  store.purge(2_000);
  sweep();
  expect(kept()).toHaveLength(1);
  documents.remove(second.id);
  store.purge(2_000);
  sweep();
  expect(kept()).toEqual([]);
});

test('what is missing or damaged is shown as text, and dropping the file again brings it back', async () => {
  const { add, documents, extractor, folder, kept, reader } = underTest();
  const { id } = await add('lease.pdf', lease);
  writeFileSync(path.join(folder, kept()[0] ?? ''), randomBytes(200));
  expect(await reader.open(id)).toMatchObject({ shown: 'text', original: 'missing' });
  await expect(reader.piece(id, 0, 10)).rejects.toMatchObject({ code: 'ORIGINAL_MISSING' });
  expect(reader.passages(id, 0, 10)).toMatchObject([{ text: expect.stringContaining('1,250') }]);
  expect((await add('lease.pdf', lease)).id).toBe(id);
  expect(await reader.open(id)).toMatchObject({ shown: 'pdf', original: 'kept' });
  expect(extractor.asked).toHaveLength(1);
  expect(documents.list(10)).toHaveLength(1);
});

test('where no original can be written, the document is there with its text, and the log says why', async () => {
  const { add, folder, log, reader } = underTest();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.dirname(folder), { recursive: true });
  writeFileSync(folder, 'a file where a folder should be');
  const { id, usable } = await add('lease.pdf', lease);
  expect(usable).toBe(true);
  expect(await reader.open(id)).toMatchObject({ shown: 'text', original: 'missing' });
  expect(log.entries.map(({ message }) => message)).toContain('an original could not be kept');
});
