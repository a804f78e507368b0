import fc from 'fast-check';
import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';

import type { DocumentBlock } from '../../shared/model/documents/extracted-document.ts';
import { paragraph, startAnalysis } from './analysis-under-test.ts';

const prices: DocumentBlock = {
  kind: 'table',
  header: ['Part', 'Price, euros', 'Note'],
  rows: [
    ['Wheel', '12.50', 'say "hub"'],
    ['Frame | fork', '-340', '=HYPERLINK("http://x")'],
  ],
};

test('all tables are listed with page, size and a preview', () => {
  const long: DocumentBlock = {
    kind: 'table',
    header: null,
    rows: Array.from({ length: 300 }, (_, index) => [`row ${index}`, 'a cell with some words in it']),
  };
  const { analysis } = startAnalysis({ list: [[paragraph('Prices of parts'), prices], [long]] });
  expect(analysis.tables('list')).toMatchObject([
    { index: 0, page: 1, title: 'Prices of parts', rows: 2, columns: 3, header: ['Part', 'Price, euros', 'Note'] },
    { index: 1, page: 2, rows: 300, columns: 2, header: null },
  ]);
  expect(analysis.tables('list')[0]?.preview[1]).toEqual(['Frame | fork', '-340', '=HYPERLINK("http://x")']);
});

test('a table becomes CSV after RFC 4180 that a spreadsheet does not calculate, unless that is wanted', async () => {
  const { analysis, fetched } = startAnalysis({ list: [[prices]] });
  const request = { documentId: 'list', tables: [0] };
  const { ticket, name } = analysis.saveTables({ ...request, guardFormulas: true });
  expect(name).toBe('list 1.csv');
  expect(String(await fetched(ticket))).toBe(
    '\ufeffPart,"Price, euros",Note\r\nWheel,12.50,"say ""hub"""\r\nFrame | fork,-340,"\'=HYPERLINK(""http://x"")"\r\n',
  );
  const plain = analysis.saveTables({ ...request, guardFormulas: false });
  expect(String(await fetched(plain.ticket))).toContain(',"=HYPERLINK(""http://x"")"');
});

test('several tables come as one archive', async () => {
  const { analysis, fetched } = startAnalysis({ list: [[prices], [{ ...prices, header: ['A', 'B', 'C'] }]] });
  const { ticket, name } = analysis.saveTables({ documentId: 'list', tables: [0, 1], guardFormulas: true });
  expect(name).toBe('list.zip');
  const zip = await fetched(ticket);
  expect(zip.readUInt32LE(0)).toBe(0x04034b50);
  const [nameBytes, extraBytes, size] = [zip.readUInt16LE(26), zip.readUInt16LE(28), zip.readUInt32LE(18)];
  expect(String(zip.subarray(30, 30 + nameBytes))).toBe('list 1.csv');
  const from = 30 + nameBytes + extraBytes;
  expect(String(inflateRawSync(zip.subarray(from, from + size)))).toContain('Wheel,12.50');
});

test('every table of words comes back as it was', () => {
  const cell = fc.string({ maxLength: 20 }).map((text) => text.replaceAll(/\s+/g, ' ').trim());
  const table = fc.integer({ min: 1, max: 5 }).chain((columns) =>
    fc.record({
      header: fc.array(cell, { minLength: columns, maxLength: columns }),
      rows: fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 6 }),
    }),
  );
  fc.assert(
    fc.property(table, ({ header, rows }) => {
      const { analysis } = startAnalysis({ list: [[{ kind: 'table', header, rows }]] });
      const [read] = analysis.tables('list');
      expect(read?.rows).toBe(rows.length);
      expect(read?.header).toEqual(header.every((each) => each === '') ? null : header);
      expect(read?.preview).toEqual(rows.slice(0, 4));
    }),
    { numRuns: 300 },
  );
});
