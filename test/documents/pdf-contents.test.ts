import { afterAll, expect, test } from 'vitest';

import { outlineOf } from '../../electron/context/tasks/outline-of.ts';
import { writeReport } from '../../electron/documents/document-report.ts';
import { openExtractor } from './extractor-under-test.ts';
import { textPage } from './files/good-files.ts';
import { makeNamedMapPdf, makePdf } from './files/pdf-writer.ts';
import { pageText } from './page-text.ts';

const extractor = openExtractor();
afterAll(() => extractor[Symbol.asyncDispose]());

const book = makePdf(
  [1, 2, 3, 4].map((number) => textPage(number).page),
  {
    bookmarks: [
      { title: 'Preface', page: 1 },
      { title: 'Rivers', page: 2 },
      { title: 'Deltas', page: 3, inner: true },
      { title: 'Appendix', page: 4 },
    ],
    pageLabels: '<< /Nums [0 << /S /r /St 4 >> 1 << /S /D >> 3 << /P (A-) /S /D >>] >>',
  },
);

test('the table of contents of a PDF and what is printed on its pages are read', async () => {
  const { pages, problems } = await extractor.extract({ bytes: book, name: 'book.pdf' });
  expect(problems).toEqual([]);
  expect(pages.map(({ label = null }) => label)).toEqual(['iv', '1', '2', 'A-1']);
  expect(pages.map(({ bookmarks = [] }) => bookmarks)).toEqual([
    [{ depth: 0, title: 'Preface' }],
    [{ depth: 0, title: 'Rivers' }],
    [{ depth: 1, title: 'Deltas' }],
    [{ depth: 0, title: 'Appendix' }],
  ]);
});

test('an outline is that of the file, with its page labels, and of titles only where it has none', async () => {
  const document = await extractor.extract({ bytes: book, name: 'book.pdf' });
  const { pages } = writeReport(document, 1);
  const own = { documentId: 'd', documentName: 'book.pdf', seq: 0, page: 1, unit: 'page', text: 'x' } as const;
  const passages = [
    { ...own, headings: ['Found one'] },
    { ...own, page: 2, headings: ['Found two'] },
  ];
  expect(outlineOf(passages, { language: 'en', contents: new Map([['d', pages]]) })).toBe(
    '- Preface · p. iv\n- Rivers · p. 1\n  - Deltas · p. 2\n- Appendix · p. A-1',
  );
  expect(outlineOf(passages, { language: 'en' })).toBe('- Found one · p. 1\n- Found two · p. 2');
});

test('a font that only names its Chinese character map gives the characters', async () => {
  // 合同租金 in GBK.
  const bytes = makeNamedMapPdf(Buffer.from('bacfcdacd7e2bdf0', 'hex'), 'GBK-EUC-H');
  const { pages, problems } = await extractor.extract({ bytes, name: 'old.pdf' });
  expect(problems).toEqual([]);
  expect(pages.map(pageText)).toEqual(['合同租金']);
});

test('a map with a name that leads elsewhere is not opened, and the file is still reported', async () => {
  const bytes = makeNamedMapPdf(Buffer.from('bacf', 'hex'), '..#2F..#2Fsecret');
  const { problems } = await extractor.extract({ bytes, name: 'old.pdf' });
  expect(problems.map(({ code }) => code)).not.toContain('CRASHED');
  expect(problems.length).toBeGreaterThan(0);
});
