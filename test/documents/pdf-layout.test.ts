import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, expect, onTestFinished, test } from 'vitest';

import type { DocumentBlock } from '../../shared/model/documents/extracted-document.ts';
import { openExtractor } from './extractor-under-test.ts';
import { columnsPdf, tablePdf, textPage } from './files/good-files.ts';
import { makePdf, setLines, type PdfPage, type PdfText } from './files/pdf-writer.ts';
import { chineseText, englishText } from './files/prose.ts';
import { blockText, pageText, squeeze } from './page-text.ts';

const extractor = openExtractor();
afterAll(() => extractor[Symbol.asyncDispose]());

async function read(pages: readonly PdfPage[] | Buffer) {
  const bytes = Buffer.isBuffer(pages) ? pages : makePdf(pages);
  return extractor.extract({ bytes, name: 'a.pdf' });
}

const kinds = (blocks: readonly DocumentBlock[] = []): string[] => blocks.map(({ kind }) => kind);

test('columns are read one after the other, between what spans them', async () => {
  const [page] = (await read(columnsPdf)).pages;
  expect(page?.blocks[0]).toMatchObject({ kind: 'heading', text: 'A title over both columns' });
  expect(kinds(page?.blocks.slice(1))).not.toContain('table');
  expect(page?.blocks.at(-1)).toMatchObject({ kind: 'paragraph', text: '1' });
});

test('three columns too', async () => {
  const columns = [11, 12, 13].map((seed) => englishText(120, seed));
  const texts = columns.flatMap((text, index) => setLines(text, 40 + index * 190, 740, 8, 33));
  const [page] = (await read([{ texts }])).pages;
  expect(page && pageText(page)).toBe(squeeze(columns.join('')));
});

test('a table keeps its rows and its header, and the text around it is whole', async () => {
  const [page] = (await read(tablePdf)).pages;
  expect(kinds(page?.blocks)).toEqual(['heading', 'paragraph', 'table', 'paragraph']);
  expect(page?.blocks[2]).toMatchObject({
    header: ['Region', 'Ships', 'Cargo in tonnes'],
    rows: [
      ['North', '12', '3,400'],
      ['South', '7', '1,250'],
      ['East', '31', '9,875'],
    ],
  });
});

test('a cell on several lines stays one cell, and an empty one stays empty', async () => {
  const place = (x: number, y: number, text: string): PdfText => ({ x, y, size: 10, text });
  const texts = [
    ...['Item', 'What it is', 'Price'].map((text, index) => place(60 + index * 180, 700, text)),
    ...[
      place(60, 684, 'A1'),
      place(240, 684, 'a lamp that is'),
      place(420, 684, '12.00'),
      place(240, 672, 'made of brass'),
    ],
    ...[place(60, 656, 'A2'), place(420, 656, '3.50')],
  ];
  const [page] = (await read([{ texts }])).pages;
  expect(page?.blocks).toMatchObject([
    {
      kind: 'table',
      header: ['Item', 'What it is', 'Price'],
      rows: [
        ['A1', 'a lamp that is made of brass', '12.00'],
        ['A2', '', '3.50'],
      ],
    },
  ]);
});

test('headings are told by their size and their numbers, lists by their marks, notes by their place', async () => {
  const texts: PdfText[] = [
    { x: 72, y: 740, size: 22, text: 'Annual report' },
    { x: 72, y: 700, size: 15, text: 'Results' },
    ...setLines(englishText(60, 21), 72, 670, 10, 75),
    { x: 72, y: 560, size: 10, text: '2.1 Outlook' },
    ...setLines(englishText(40, 22), 72, 540, 10, 75),
    { x: 72, y: 470, size: 10, text: '• first thing' },
    { x: 72, y: 455, size: 10, text: '• second thing' },
    { x: 72, y: 440, size: 10, text: '3. third thing' },
    { x: 72, y: 60, size: 8, text: '1 A note at the foot of the page.' },
  ];
  const [page] = (await read([{ texts }])).pages;
  expect(page?.blocks).toMatchObject([
    { kind: 'heading', level: 1, text: 'Annual report' },
    { kind: 'heading', level: 2, text: 'Results' },
    { kind: 'paragraph' },
    { kind: 'heading', level: 3, text: '2.1 Outlook' },
    { kind: 'paragraph' },
    { kind: 'listItem', marker: '•', text: 'first thing' },
    { kind: 'listItem', marker: '•', text: 'second thing' },
    { kind: 'listItem', marker: '3.', text: 'third thing' },
    { kind: 'footnote', marker: '1', text: 'A note at the foot of the page.' },
  ]);
});

test('words parted at the end of a line are one word again; Chinese is joined without spaces', async () => {
  const chinese = chineseText(120, 5);
  const texts = [
    { x: 72, y: 700, size: 10, text: 'The ships that lie there in winter wait for spring with great impa-' },
    { x: 72, y: 687, size: 10, text: 'tience, and nobody knows why.' },
    ...setLines(chinese, 72, 640, 10, 66),
  ];
  const [page] = (await read([{ texts }])).pages;
  expect(page?.blocks.map(blockText)).toEqual([
    'The ships that lie there in winter wait for spring with great impatience, and nobody knows why.',
    chinese,
  ]);
});

test('a box lies where its text is, in points from the upper left corner, also on a turned page', async () => {
  const document = await read([
    { texts: [{ x: 100, y: 692, size: 10, text: 'Here it is' }] },
    { texts: [{ x: 100, y: 692, size: 10, text: 'Turned' }], rotate: 180 },
    { texts: [{ x: 10, y: 20, size: 10, text: 'Small' }], width: 200, height: 100 },
  ]);
  const [first, second, third] = document.pages;
  expect(first).toMatchObject({ widthPt: 612, heightPt: 792 });
  expect(first?.blocks[0]?.box).toMatchObject({ x: 100, width: 60 });
  expect(first?.blocks[0]?.box?.y).toBeCloseTo(91.5, 1);
  expect(first?.blocks[0]?.box?.height).toBeCloseTo(11, 1);
  expect(second?.blocks.map(blockText)).toEqual(['Turned']);
  expect(third).toMatchObject({ widthPt: 200, heightPt: 100 });
});

test('every page of a long document is there, with every letter, as it is read', async () => {
  const expected = Array.from({ length: 200 }, (_, index) => textPage(index + 1));
  const bytes = makePdf(
    expected.map(({ page }) => page),
    { title: 'Long' },
  );
  const seen: number[] = [];
  const totals = new Set<number | null>();
  const document = await extractor.extract(
    { bytes, name: 'long.pdf' },
    { onPage: ({ number }) => void seen.push(number), onProgress: ({ pagesTotal }) => void totals.add(pagesTotal) },
  );
  expect(document).toMatchObject({ title: 'Long', language: 'en', problems: [] });
  expect(seen).toEqual(expected.map((_, index) => index + 1));
  expect([...totals]).toEqual([null, 200]);
  expect(document.pages.map(pageText)).toEqual(expected.map(({ text }) => squeeze(text)));
});

test('a file too large to be held in memory is read where it is needed', async () => {
  const bytes = makePdf([textPage(1).page, textPage(2).page], { unused: 60_000_000 });
  await using narrow = openExtractor({ limits: { memoryBytes: 230_000_000 } });
  const folder = await mkdtemp(path.join(tmpdir(), 'clawdbot-documents-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'large.pdf');
  await writeFile(file, bytes);
  const { pages, problems } = await narrow.extract({ path: file, name: 'large.pdf' });
  expect(problems).toEqual([]);
  expect(pages.map(pageText)).toEqual([1, 2].map((number) => squeeze(textPage(number).text)));
});
